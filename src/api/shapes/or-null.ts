/** A schema or null, which is also correct in the OpenAPI document for named schemas. */
import { z } from '@hono/zod-openapi';

export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}
