/** Answers of requests that start, change or end tasks. */
import type { z } from '@hono/zod-openapi';
import type { OPERATION } from './shapes/operation.ts';
import type { Task } from './tasks.ts';

export function operationOf(task: Task | undefined, message: string): z.infer<typeof OPERATION> {
  return {
    success: true,
    message,
    operation_id: task?.id ?? null,
    started_at: task?.view.started_at ?? null,
  };
}
