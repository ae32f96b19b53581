/** How a stream looks to those who ask. */
import { z } from '@hono/zod-openapi';
import { BREAKER, LEDGER } from './live.ts';
import { orNull } from './or-null.ts';
import { TASK } from './task.ts';

const instant = z.string().nullable();

export const STREAM_STATUS = z
  .object({
    is_streaming: z.boolean(),
    status: z.enum(['stopped', 'starting', 'waiting', 'running', 'paused', 'stopping', 'error']),
    uptime_seconds: z.number(),
    events_sent: z.int(),
    events_per_second: z.number(),
    last_event_time: instant,
    operation_id: z.string().nullable(),
    target: z.string().nullable(),
    hub_port: z.int().nullable(),
    simulated_time: instant,
    speed: z.union([z.number(), z.literal('max')]).nullable(),
    rate: z.number().nullable().openapi({
      description: 'Events a second that are held by steering the speed; null where none is.',
    }),
    cap: z.number().nullable().openapi({
      description: 'Events a second that emit_interval_ms and burst let through under a speed.',
    }),
    waiting: z.int().openapi({
      description:
        'Events that wait to be sent: more and more of them where the world outruns a cap.',
    }),
    lag_ms: z.number(),
    breaker: BREAKER.nullable(),
    ledger: orNull(LEDGER).openapi({
      description: 'It goes on over all streams of the world, those of earlier servers included.',
    }),
    waiting_for: z.string().nullable().openapi({
      description: 'Why the event hub can not be reached, while a stream that starts waits for it.',
    }),
    interrupted: orNull(TASK).openapi({
      description:
        'The last stream, if the server ended in the middle of it and none was begun since.',
    }),
    error_message: z.string().nullable(),
  })
  .openapi('StreamStatus');

export const STREAM_STATISTICS = z
  .object({
    events_generated: z.int(),
    events_sent_successfully: z.int(),
    events_failed: z.int(),
    batches_sent: z
      .int()
      .openapi({ description: 'Batches that were acknowledged since this stream began.' }),
    bytes_sent: z.int().openapi({
      description:
        'Bytes of those batches, as the receiver counts them: the events with what frames each; ' +
        'the lines of a file.',
    }),
    total_streaming_time: z.number(),
    events_per_second: z.number(),
    average_events_per_second: z.number(),
    last_event_time: instant,
    event_type_counts: z.record(z.string(), z.int()),
    error_counts: z.record(z.string(), z.int()),
    connection_failures: z.int(),
    circuit_breaker_trips: z.int(),
    lag: z.object({ p50_ms: z.number(), p99_ms: z.number(), most_ms: z.number(), events: z.int() }),
    buffered: z.int(),
    buffer_size: z.int(),
    last_batches: z.array(z.int()),
    given_up_ms: z.number(),
    hub_lost_events: z.int().openapi({
      description:
        'Events that readers of the hub started for the stream lost: retention dropped them first.',
    }),
    ledger: orNull(LEDGER),
    ledger_by_type: z.record(z.string(), z.record(z.string(), z.number())),
  })
  .openapi('StreamStatistics');

const CHECK = z.object({ status: z.string(), detail: z.string() });
const TASK_CHECK = CHECK.extend({
  status: z.enum(['active', 'inactive']),
  task_status: STREAM_STATUS.shape.status,
  uptime_seconds: z.number(),
});
const STATISTICS_CHECK = z.object({
  status: z.enum(['healthy', 'degraded']),
  events_generated: z.int(),
  events_per_second: z.number(),
  failure_rate: z.number().openapi({
    description: 'Dead letters per event generated; from 0.05 on it is degraded.',
  }),
});

export const STREAM_HEALTH = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    timestamp: z.string(),
    checks: z.object({
      streaming_task: TASK_CHECK,
      azure_config: CHECK.extend({
        status: z.enum(['configured', 'local', 'faulty']).openapi({
          description:
            'local: no connection is set, a hub is started with a stream. faulty: the one that is set ' +
            'makes no sense.',
        }),
        hub_name: z.string(),
      }),
      statistics: STATISTICS_CHECK,
      delivery: CHECK,
    }),
  })
  .openapi('StreamHealth');

export const STREAM_SETTINGS = z.object({
  realtime: z.record(z.string(), z.unknown()),
  stream: z.record(z.string(), z.unknown()),
  available_event_types: z.array(z.string()),
});

export const CONNECTION_TEST = z
  .object({
    success: z.boolean(),
    message: z.string(),
    response_time_ms: z.number().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    is_configured: z.literal(false).optional().openapi({
      description:
        'False where none was given and none is configured: a stream then goes into a hub that is started on this machine.',
    }),
  })
  .openapi('ConnectionTest');

export const STREAM_EVENT_TYPES = z.object({
  event_types: z.array(z.string()),
  count: z.int(),
  description: z.string(),
});

const EVENT = z
  .object({
    event_id: z.string(),
    event_type: z.string(),
    event_timestamp: z.string(),
    timestamp: z.string().openapi({ description: 'The same as event_timestamp.' }),
    ingest_timestamp: z.string(),
    schema_version: z.string(),
    source: z.string(),
    trace_id: z.string(),
    correlation_id: z.string(),
    session_id: z.string().nullable(),
    parent_event_id: z.string().nullable(),
    partition_key: z.string(),
    payload: z.record(z.string(), z.unknown()),
    world_id: z.string(),
  })
  .openapi('Event');

export const RECENT_EVENTS = z.object({
  events: z.array(EVENT),
  count: z.int(),
  timestamp: z.string(),
});
