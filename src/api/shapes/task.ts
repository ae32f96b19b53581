/** The answer about a task. */
import { z } from '@hono/zod-openapi';

export const TASK_KINDS = ['master', 'historical', 'streaming', 'clear', 'dead-letters'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
const TASK_STATUSES = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

const instant = z.string().openapi({ format: 'date-time' });

export const TASK = z
  .object({
    operation_id: z.string().openapi({ example: 'historical_3f9a2c1d' }),
    task_id: z.string().openapi({ description: 'The same as operation_id.' }),
    kind: z.enum(TASK_KINDS),
    status: z.enum(TASK_STATUSES).openapi({
      description: 'interrupted: the server ended during the task, as in a crash.',
    }),
    can_resume: z.boolean().openapi({
      description: 'Whether POST /api/tasks/{operation_id}/resume can continue it.',
    }),
    progress: z.number().min(0).max(1),
    message: z.string(),
    tables_completed: z.array(z.string()),
    tables_in_progress: z.array(z.string()),
    tables_remaining: z.array(z.string()),
    tables_failed: z
      .array(z.string())
      .openapi({ description: 'Tables that were being written when the task failed.' }),
    table_progress: z
      .record(z.string(), z.number().min(0).max(1))
      .openapi({ description: 'Progress of each table; fact tables are written together.' }),
    current_table: z
      .string()
      .nullable()
      .openapi({ description: 'The table being written; null if there are several.' }),
    table_counts: z.record(z.string(), z.int()).nullable(),
    estimated_seconds_remaining: z.number().nullable(),
    estimated_completion: instant.nullable(),
    progress_rate: z
      .number()
      .nullable()
      .openapi({ description: 'Progress per second, as share of the whole.' }),
    rows: z.int().nullable(),
    rows_per_second: z.number().nullable(),
    bytes: z.int().nullable(),
    simulated_time: instant.nullable(),
    current_day: z
      .int()
      .nullable()
      .openapi({ description: 'Present day of the range; the first is 1.' }),
    current_hour: z.int().nullable().openapi({ description: 'Present hour of that day, UTC.' }),
    total_hours_completed: z.int().nullable(),
    started_at: instant,
    finished_at: instant.nullable(),
    last_update_timestamp: instant,
    sequence: z.int().openapi({ description: 'Increases with every update.' }),
    error_message: z.string().nullable(),
    error: z.string().nullable().openapi({ description: 'The same as error_message.' }),
  })
  .openapi('Task');

export type TaskView = z.infer<typeof TASK>;
