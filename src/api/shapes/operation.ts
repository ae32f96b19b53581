/** The answer of requests that start, change or end tasks. */
import { z } from '@hono/zod-openapi';

export const OPERATION = z
  .object({
    success: z.boolean(),
    message: z.string(),
    operation_id: z.string().nullable(),
    started_at: z.string().nullable(),
  })
  .openapi('OperationResult');
