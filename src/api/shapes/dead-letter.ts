/** Answers about events that could not be delivered. */
import { z } from '@hono/zod-openapi';

const LETTER = z.object({
  world_id: z.string(),
  event_id: z.string(),
  event_type: z.string(),
  partition_key: z.string(),
  partition: z.int().nullable(),
  category: z.string(),
  reason: z.string(),
  attempts: z.int(),
  first_time: z.string(),
  last_time: z.string(),
  bytes: z.int(),
  payload: z.unknown(),
});

export const DEAD_LETTERS = z.object({ events: z.array(LETTER), count: z.int(), total: z.int() });

export const DEAD_LETTER_SUMMARY = z.object({
  dlq_size: z.int(),
  by_category: z.record(z.string(), z.int()),
  by_type: z.record(z.string(), z.int()),
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  timestamp: z.string(),
});
