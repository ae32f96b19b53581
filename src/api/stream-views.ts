/** Creates the answers about the stream. */
import type { z } from '@hono/zod-openapi';
import { formatInstant } from '../engine/time.ts';
import type { StreamStatus } from '../stream/stream-status.ts';
import { eventHubName } from '../sinks/event-hubs/destination.ts';
import { DEFAULT_SINK, sinkNamed } from '../sinks/registry.ts';
import { settingsOf } from '../sinks/settings.ts';
import type { Destination } from '../sinks/stream-sink-kind.ts';
import type { Config } from '../world/config.ts';
import type { LedgerFigures } from './last-ledger.ts';
import type { StreamView } from './live/live-view.ts';
import type { Services } from './services.ts';
import { worldProblem } from './problem.ts';
import { withoutPaths } from './without-paths.ts';
import type { STREAM_HEALTH, STREAM_STATISTICS, STREAM_STATUS } from './shapes/stream.ts';

/** Share of dead letters from which the stream is degraded. */
const DEGRADED_FROM = 0.05;

type StatusView = z.infer<typeof STREAM_STATUS>;

export function streamStatusView({ engine, tasks, kept, lastLedger }: Services): StatusView {
  const running = engine.taskOf('streaming');
  const last = tasks.latestHere('streaming');
  const stream = engine.streamStatus;
  const failed = last?.view.status === 'failed';
  return {
    is_streaming: running !== undefined && stream !== undefined,
    status: statusWord(engine, failed),
    uptime_seconds: running === undefined ? 0 : (stream?.seconds ?? 0),
    events_sent: (stream ?? lastLedger.figures)?.total.acknowledged ?? 0,
    events_per_second: running === undefined ? 0 : (stream?.eventsPerSecond ?? 0),
    last_event_time: instant(stream?.simulatedMs),
    operation_id: (running ?? last)?.id ?? null,
    target: stream?.target ?? null,
    hub_port: running === undefined ? null : (stream?.hubPort ?? null),
    simulated_time: instant(stream?.simulatedMs),
    speed: stream !== undefined && running !== undefined ? stream.speed : speedAskedFor(engine),
    rate:
      running === undefined ? null : (stream?.heldPerSecond ?? engine.streamJob?.perSecond ?? null),
    cap: running === undefined ? null : (stream?.capPerSecond ?? null),
    waiting: running === undefined ? 0 : (stream?.waiting ?? 0),
    lag_ms: running === undefined ? 0 : (stream?.lagMs ?? 0),
    breaker: breakerOf(stream),
    ledger: ledgerOf(stream ?? lastLedger.figures),
    interrupted: running === undefined ? (kept.interrupted('streaming') ?? null) : null,
    waiting_for: engine.waitingFor === null ? null : withoutPaths(engine.waitingFor),
    error_message: running === undefined && failed ? (last?.view.error_message ?? null) : null,
  };
}

/** Returns the running stream for the live view; undefined if none runs. */
export function streamView(engine: Services['engine'], wallMs: number): StreamView | undefined {
  const stream = engine.streamStatus;
  if (stream === undefined || engine.taskOf('streaming') === undefined) return undefined;
  const { simulatedMs, speed, heldPerSecond: rate, state, lagMs, eventsPerSecond } = stream;
  const stopping = engine.isStopping || state === 'stopping';
  const paused = state === 'paused' && !stopping;
  return {
    clock: { simulatedMs, wallMs, mode: 'realtime', speed, rate, paused, stopping, lagMs },
    ledger: ledgerOf(stream),
    breaker: breakerOf(stream),
    eventsPerSecond,
  };
}

/** Returns the requested speed, before the stream has sent a status. */
function speedAskedFor({ streamJob }: Services['engine']): StatusView['speed'] {
  if (streamJob?.speed === undefined) return null;
  return streamJob.speed === Infinity ? 'max' : streamJob.speed;
}

function statusWord(engine: Services['engine'], failed: boolean): StatusView['status'] {
  if (engine.taskOf('streaming') === undefined) return failed ? 'error' : 'stopped';
  if (engine.isStopping) return 'stopping';
  switch (engine.streamStatus?.state) {
    case undefined:
      return engine.waitingFor === null ? 'starting' : 'waiting';
    case 'paused':
      return 'paused';
    case 'running':
      return 'running';
    default:
      return 'stopping';
  }
}

export function streamStatistics(services: Services): z.infer<typeof STREAM_STATISTICS> {
  const stream = services.engine.streamStatus;
  const figures = stream ?? services.lastLedger.figures;
  const counts = Object.entries(figures?.byType ?? {}).map(([type, row]) => [type, row.generated]);
  return {
    events_generated: figures?.total.generated ?? 0,
    events_sent_successfully: figures?.total.acknowledged ?? 0,
    events_failed: figures?.total.deadLettered ?? 0,
    batches_sent: stream?.batchesSent ?? 0,
    bytes_sent: stream?.bytesSent ?? 0,
    total_streaming_time: stream?.seconds ?? 0,
    events_per_second: stream?.eventsPerSecond ?? 0,
    average_events_per_second: stream?.averageEventsPerSecond ?? 0,
    last_event_time: instant(stream?.simulatedMs),
    event_type_counts: Object.fromEntries(counts),
    error_counts: { failed_attempts: stream?.failures ?? 0, throttled: stream?.throttled ?? 0 },
    connection_failures: stream?.failures ?? 0,
    circuit_breaker_trips: stream?.breakerOpenings ?? 0,
    lag: {
      p50_ms: stream?.lag.p50Ms ?? 0,
      p99_ms: stream?.lag.p99Ms ?? 0,
      most_ms: stream?.lag.mostMs ?? 0,
      events: stream?.lag.events ?? 0,
    },
    buffered: stream?.buffered ?? 0,
    buffer_size: stream?.bufferSize ?? 0,
    last_batches: [...(stream?.lastBatches ?? [])],
    given_up_ms: stream?.givenUpMs ?? 0,
    hub_lost_events: stream?.hubLostEvents ?? 0,
    ledger: ledgerOf(figures),
    ledger_by_type: Object.fromEntries(
      Object.entries(figures?.byType ?? {}).map(([type, row]) => [type, { ...row }]),
    ),
  };
}

export function streamHealth(services: Services): z.infer<typeof STREAM_HEALTH> {
  const { settings, nowMs } = services;
  const { status, target, breaker, ledger, error_message, ...rates } = streamStatusView(services);
  const hub_name = eventHubName(settings.config);
  const blocked = breaker === 'open';
  const { generated = 0, deadLettered = 0 } = ledger ?? {};
  const failure_rate = generated === 0 ? 0 : deadLettered / generated;
  const failing = failure_rate >= DEGRADED_FROM;
  const health = status === 'error' ? 'unhealthy' : blocked || failing ? 'degraded' : 'healthy';
  return {
    status: health,
    timestamp: formatInstant(nowMs()),
    checks: {
      streaming_task: {
        status: status === 'stopped' || status === 'error' ? 'inactive' : 'active',
        task_status: status,
        uptime_seconds: rates.uptime_seconds,
        detail: error_message ?? target ?? 'No stream runs.',
      },
      azure_config: { ...destinationOf(settings.config), hub_name },
      statistics: {
        status: failing ? 'degraded' : 'healthy',
        events_generated: generated,
        events_per_second: rates.events_per_second,
        failure_rate,
      },
      delivery: {
        status: blocked ? 'blocked' : 'ok',
        detail: `${ledger?.inFlight ?? 0} in flight, ${deadLettered} dead letters.`,
      },
    },
  };
}

/** Returns the destination of the next stream, without paths, which are only for the terminal. */
function destinationOf(config: Config): Destination {
  const kind = sinkNamed(DEFAULT_SINK);
  const found = kind.destination!(settingsOf(kind, config));
  return found.status === 'faulty'
    ? { ...found, detail: worldProblem(found.detail).detail }
    : found;
}

function breakerOf(stream: StreamStatus | undefined): StatusView['breaker'] {
  if (stream === undefined) return null;
  return stream.breaker === 'halfOpen' ? 'half-open' : stream.breaker;
}

function ledgerOf(stream: LedgerFigures | undefined): StatusView['ledger'] {
  if (stream === undefined) return null;
  const { generated, acknowledged, deadLettered, inFlight, retried, possiblyRepeated } =
    stream.total;
  return { generated, acknowledged, deadLettered, inFlight, retried, possiblyRepeated };
}

function instant(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms);
}
