/** Answers about the end of a world, and estimates. */
import { z } from '@hono/zod-openapi';
import { orNull } from './or-null.ts';
import { TASK } from './task.ts';

export const ESTIMATE = z
  .object({
    start: z.string(),
    end: z.string(),
    days: z.number(),
    rows: z.int(),
    bytes: z.int(),
    seconds: z.number(),
    free_bytes: z.number(),
    workers: z.int(),
    fits: z.boolean(),
    is_large: z.boolean().openapi({ description: 'More than 20 GB: needs confirm_large.' }),
    tables: z.array(z.object({ table: z.string(), rows: z.int(), bytes: z.int() })),
    text: z.string(),
  })
  .openapi('Estimate');

export const DEFAULT_RANGE = z.object({
  start_date: z.string(),
  end_date: z.string(),
  explanation: z.string(),
  is_continuation: z.boolean(),
  is_empty: z.boolean(),
});

export const GENERATION_STATUS = z.object({
  has_historical_data: z.boolean(),
  has_masters: z.boolean(),
  historical_start_date: z.string().nullable(),
  last_generated_timestamp: z.string().nullable(),
  last_historical_run: z.string().nullable().openapi({
    description: 'The same as last_generated_timestamp: simulated end of the last run.',
  }),
  last_realtime_run: z.string().nullable().openapi({
    description: 'Simulated instant before which a stream has delivered all events.',
  }),
  can_start_realtime: z
    .boolean()
    .openapi({ description: 'Whether there is a history, so that a stream can start.' }),
  obstacle: z.string().nullable().openapi({
    description:
      'Why the world cannot be continued with the config, and what to do; null if it can. It prevents all tasks.',
  }),
  seed: z.int().nullable(),
  scenarios: z.array(z.string()),
  compression: z.string().nullable(),
  formats: z.array(z.string()).nullable(),
  running: orNull(TASK),
  interrupted: orNull(TASK).openapi({
    description:
      'The last task that wrote masters or history, if the server ended during it and none was begun since.',
  }),
});

export const ACTIVE_TASKS = z.object({
  tasks: z.array(TASK),
  active_tasks: z.array(TASK).openapi({ description: 'The same as tasks.' }),
  count: z.int().openapi({ description: 'Number of tasks under way.' }),
  recent: z.array(TASK),
});
