/** The answer to what starts or ends something. */
import { z } from '@hono/zod-openapi';

export const OPERATION = z
  .object({
    success: z.boolean(),
    message: z.string(),
    operation_id: z.string().nullable(),
    started_at: z.string().nullable(),
  })
  .openapi('OperationResult');
