/** The answer to what starts or ends something. */
import { z } from '@hono/zod-openapi';
import type { Task } from './tasks.ts';

export const OPERATION = z
  .object({
    success: z.boolean(),
    message: z.string(),
    operation_id: z.string().nullable(),
    started_at: z.string().nullable(),
  })
  .openapi('OperationResult');

export function operationOf(task: Task | undefined, message: string): z.infer<typeof OPERATION> {
  return {
    success: true,
    message,
    operation_id: task?.id ?? null,
    started_at: task?.view.started_at ?? null,
  };
}
