/** Answers about disruptions. */
import { z } from '@hono/zod-openapi';
import { DISRUPTION_TYPES } from '../../domain/values.ts';
import { DISRUPTION_ORIGINS } from './live.ts';

export const DISRUPTION = z
  .object({
    disruption_id: z.string(),
    type: z.enum(DISRUPTION_TYPES),
    origin: z.enum(DISRUPTION_ORIGINS).openapi({
      description: 'Its cause. Only a requested disruption can be cancelled.',
    }),
    target: z.string(),
    target_id: z.int().nullable(),
    severity: z.number(),
    description: z.string(),
    created_at: z.string(),
    starts_at: z.string(),
    active_until: z.string(),
    cancelled_at: z.string().nullable(),
    time_remaining_minutes: z.number(),
    status: z.enum(['planned', 'active', 'over', 'cancelled']),
  })
  .openapi('Disruption');

export const CREATED_DISRUPTION = z.object({
  success: z.boolean(),
  disruption_id: z.string().nullable().openapi({
    description: 'Null while the request waits, because history is being generated.',
  }),
  message: z.string(),
  active_until: z.string().nullable(),
});

export const DISRUPTIONS = z.object({
  disruptions: z.array(DISRUPTION),
  count: z.int(),
  waiting: z.int().openapi({ description: 'Number of requests that are not accepted yet.' }),
  simulated_time: z.string().nullable(),
  timestamp: z.string(),
});
