/** A schema or null, in a way that stays true in the OpenAPI document for schemas that have a name there. */
import { z } from '@hono/zod-openapi';

export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}
