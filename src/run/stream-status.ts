/** How a stream is doing: plain data, for a terminal, an API, another thread. */
import type { Pacer } from '../engine/pacer.ts';
import type { BreakerState } from '../sinks/stream/breaker-gate.ts';
import type { LedgerRow } from '../sinks/stream/ledger.ts';
import type { Publisher } from '../sinks/stream/publisher.ts';
import type { EventRate } from './event-rate.ts';
import type { LagFigures, LagMeter } from './lag-meter.ts';

export type StreamState = 'running' | 'paused' | 'stopping' | 'ended' | 'failed';

export interface StreamStatus {
  readonly state: StreamState;
  /** Where the events go, in words. */
  readonly target: string;
  /** Port of the hub that was started for this stream, if one was. */
  readonly hubPort: number | null;
  /** Simulated instants, epoch ms: where the stream began, stands, has its last checkpoint. */
  readonly fromMs: number;
  readonly simulatedMs: number;
  readonly checkpointMs: number;
  /** Simulated instant up to which it goes over what an earlier life had streamed; null once it is through. */
  readonly resumesToMs: number | null;
  /** Simulated ms per ms of the wall clock. */
  readonly speed: number | 'max';
  /** Wall time since it began, s. */
  readonly seconds: number;
  /** How late the stream is now: its oldest waiting event, or the simulation itself; ms. */
  readonly lagMs: number;
  /** From the instant an event was due to its acknowledgement, over the last minute. */
  readonly lag: LagFigures;
  /** Wall time that was given up because the receiver could not follow, ms. */
  readonly givenUpMs: number;
  /** Acknowledged, over the last ten seconds and since it began. */
  readonly eventsPerSecond: number;
  readonly averageEventsPerSecond: number;
  readonly breaker: BreakerState;
  readonly breakerOpenings: number;
  /** Acknowledged since this stream began; bytes as a batch counts them. */
  readonly batchesSent: number;
  readonly bytesSent: number;
  /** Attempts that failed, throttling excepted. */
  readonly failures: number;
  readonly throttled: number;
  readonly throttledMs: number;
  /** Events that an earlier life of the stream had settled. */
  readonly skipped: number;
  /** Events held, and how many there is room for. */
  readonly buffered: number;
  readonly bufferSize: number;
  /** Of the held ones, those that were sent and are not answered yet. */
  readonly underWay: number;
  /** Events of the last batches, oldest first. */
  readonly lastBatches: readonly number[];
  readonly total: LedgerRow;
  readonly byType: Readonly<Record<string, LedgerRow>>;
}

/** What of a status is known to the stream itself. */
export type StreamFacts = Pick<
  StreamStatus,
  | 'state'
  | 'target'
  | 'hubPort'
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
  readonly lag: LagMeter;
}

/** The status, put together. */
export function streamStatus(facts: StreamFacts, meters: StreamMeters): StreamStatus {
  const { pacer, publisher, rate, lag } = meters;
  const { inFlight, oldestWaitMs, ...delivery } = publisher.status();
  return {
    ...facts,
    ...delivery,
    speed: pacer.speed === Infinity ? 'max' : pacer.speed,
    lagMs: Math.round(oldestWaitMs + pacer.behindMs(facts.simulatedMs)),
    lag: lag.figures(),
    givenUpMs: Math.round(pacer.givenUpMs),
    eventsPerSecond: Math.round(rate.lately),
    averageEventsPerSecond: Math.round(rate.overall),
    buffered: inFlight,
    total: publisher.ledger.total(),
    byType: publisher.ledger.rows(),
  };
}
