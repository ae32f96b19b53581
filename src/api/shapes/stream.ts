/** Answers about the stream. */
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
      description: 'Rate that controls the speed, events a second; null if there is none.',
    }),
    cap: z.number().nullable().openapi({
      description: 'Maximum rate of emit_interval_ms and burst with a speed, events a second.',
    }),
    waiting: z.int().openapi({
      description: 'Number of events that wait to be sent. It grows while the world outruns a cap.',
    }),
    lag_ms: z.number(),
    breaker: BREAKER.nullable(),
    ledger: orNull(LEDGER).openapi({
      description: 'Counts of all streams of the world, including those of earlier servers.',
    }),
    waiting_for: z.string().nullable().openapi({
      description: 'Why the event hub cannot be reached, while a starting stream waits for it.',
    }),
    interrupted: orNull(TASK).openapi({
      description: 'The last stream, if the server ended during it and none was begun since.',
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
      .openapi({ description: 'Number of batches acknowledged since this stream began.' }),
    bytes_sent: z.int().openapi({
      description:
        'Bytes of these batches as the receiver counts them: events with their envelopes in the batch, or ' +
        'lines of a file.',
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
        "Number of events that the stream's local hub dropped by retention before consumers had read them.",
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
    description: 'Dead letters per generated event; degraded from 0.05 on.',
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
            'local: no connection is configured; a local hub starts with the stream. faulty: the configured ' +
            'connection is wrong.',
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
        'False if no connection was given or configured: a stream then goes to a hub on this machine.',
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
