/** The status of a stream: plain data, for a terminal, an API, another thread. */
import type { Pacer } from '../engine/pacer.ts';
import type { BreakerState } from '../delivery/breaker-gate.ts';
import type { LedgerRow } from '../delivery/ledger.ts';
import type { Publisher } from '../delivery/publisher.ts';
import type { EventRate } from './event-rate.ts';
import type { LagFigures, LagMeter } from './lag-meter.ts';
import { perSecondOf, type RateGovernor } from './rate-governor.ts';

/** State of a stream. */
export type StreamState = 'running' | 'paused' | 'stopping' | 'ended' | 'failed';

/** State, rates and counts of a stream. */
export interface StreamStatus {
  /** State of the stream. */
  readonly state: StreamState;
  /** Description of the stream's target. */
  readonly target: string;
  /** Port of the local hub of this stream, if any. */
  readonly hubPort: number | null;
  /** Number of events that this hub dropped before consumers had read them. */
  readonly hubLostEvents: number;
  /** Simulated instant at which the stream began, epoch ms. */
  readonly fromMs: number;
  /** Present simulated instant, epoch ms. */
  readonly simulatedMs: number;
  /** Simulated instant of its last checkpoint, epoch ms. */
  readonly checkpointMs: number;
  /** Simulated instant up to which it repeats time of earlier runs, epoch ms; null afterwards. */
  readonly resumesToMs: number | null;
  /** Simulated ms per ms of the wall clock; measured over the last ten seconds if a rate is held. */
  readonly speed: number | 'max';
  /** Rate that controls the speed, events a second. */
  readonly heldPerSecond: number | null;
  /** Maximum rate, events a second. */
  readonly capPerSecond: number | null;
  /** Wall time since it began, s. */
  readonly seconds: number;
  /** Present delay of the stream, ms: of its oldest waiting event, or of the simulation. */
  readonly lagMs: number;
  /** Time from the instant an event was due to its acknowledgement, over the last minute. */
  readonly lag: LagFigures;
  /** Wall time that was given up because the receiver was too slow, ms. */
  readonly givenUpMs: number;
  /** Acknowledged events a second, over the last ten seconds. */
  readonly eventsPerSecond: number;
  /** Acknowledged events a second, since it began. */
  readonly averageEventsPerSecond: number;
  /** State of the circuit breaker; events are not sent while it is open. */
  readonly breaker: BreakerState;
  /** How often the circuit breaker has opened. */
  readonly breakerOpenings: number;
  /** Batches that were acknowledged since this stream began. */
  readonly batchesSent: number;
  /** Bytes of these batches, counted with `sizeOf` of the sink. */
  readonly bytesSent: number;
  /** Failed attempts, except throttled ones. */
  readonly failures: number;
  /** Attempts that the receiver throttled. */
  readonly throttled: number;
  /** Wall time spent waiting because of throttling, ms. */
  readonly throttledMs: number;
  /** Number of events that earlier runs of the stream had settled. */
  readonly skipped: number;
  /** Number of events in the buffer. */
  readonly buffered: number;
  /** Capacity of the buffer, events. */
  readonly bufferSize: number;
  /** Number of events in the buffer that wait to be sent. */
  readonly waiting: number;
  /** Number of events in the buffer that were sent and are not answered yet. */
  readonly underWay: number;
  /** Number of events in each of the last batches, oldest first. */
  readonly lastBatches: readonly number[];
  /** Delivery counts of all events. */
  readonly total: LedgerRow;
  /** Delivery counts of each type. */
  readonly byType: Readonly<Record<string, LedgerRow>>;
}

/** The part of a status that the stream itself provides. */
export type StreamFacts = Pick<
  StreamStatus,
  | 'state'
  | 'target'
  | 'hubPort'
  | 'hubLostEvents'
  | 'fromMs'
  | 'simulatedMs'
  | 'checkpointMs'
  | 'resumesToMs'
  | 'seconds'
  | 'bufferSize'
>;

export interface StreamMeters {
  readonly pacer: Pacer;
  readonly publisher: Publisher;
  readonly rate: EventRate;
  /** Measures simulated ms per wall time. */
  readonly pace: EventRate;
  readonly governor: RateGovernor | undefined;
  readonly lag: LagMeter;
}

/** Returns the status of a stream. */
export function streamStatus(facts: StreamFacts, meters: StreamMeters): StreamStatus {
  const { pacer, publisher, rate, pace, governor, lag } = meters;
  const { inFlight, oldestWaitMs, ...delivery } = publisher.status();
  return {
    ...facts,
    ...delivery,
    speed: governor === undefined ? limited(pacer.speed) : rounded(pace.lately / 1_000),
    heldPerSecond: governor?.perSecond ?? null,
    capPerSecond: publisher.rateCap === undefined ? null : perSecondOf(publisher.rateCap),
    lagMs: Math.round(oldestWaitMs + (governor?.behindMs ?? pacer.behindMs(facts.simulatedMs))),
    lag: lag.figures(),
    givenUpMs: Math.round(pacer.givenUpMs + (governor?.givenUpMs ?? 0)),
    eventsPerSecond: Math.round(rate.lately),
    averageEventsPerSecond: Math.round(rate.overall),
    buffered: inFlight,
    waiting: inFlight - delivery.underWay,
    total: publisher.ledger.total(),
    byType: publisher.ledger.rows(),
  };
}

function limited(speed: number): number | 'max' {
  return speed === Infinity ? 'max' : speed;
}

/** Rounds to three digits, since the value changes all the time. */
function rounded(speed: number): number {
  return Number(speed.toPrecision(3));
}
