/** How far a world is, and what more of it would take. */
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
    description: 'Simulated instant that the last run has reached: last_generated_timestamp.',
  }),
  last_realtime_run: z.string().nullable().openapi({
    description: 'Simulated instant up to which a stream has delivered everything.',
  }),
  can_start_realtime: z
    .boolean()
    .openapi({ description: 'Whether there is a history to stream on from.' }),
  obstacle: z.string().nullable().openapi({
    description:
      'Why the world cannot go on with the config, and what to do; null where it can. Nothing starts while there is one.',
  }),
  seed: z.int().nullable(),
  scenarios: z.array(z.string()),
  compression: z.string().nullable(),
  running: orNull(TASK),
  interrupted: orNull(TASK).openapi({
    description:
      'The last writing of masters or history, if the server ended in the middle of it and none was begun since.',
  }),
});

export const ACTIVE_TASKS = z.object({
  tasks: z.array(TASK),
  active_tasks: z.array(TASK).openapi({ description: 'The same as tasks.' }),
  count: z.int().openapi({ description: 'Of those under way.' }),
  recent: z.array(TASK),
});
