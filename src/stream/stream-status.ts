/** How a stream is doing: plain data, for a terminal, an API, another thread. */
import type { Pacer } from '../engine/pacer.ts';
import type { BreakerState } from '../delivery/breaker-gate.ts';
import type { LedgerRow } from '../delivery/ledger.ts';
import type { Publisher } from '../delivery/publisher.ts';
import type { EventRate } from './event-rate.ts';
import type { LagFigures, LagMeter } from './lag-meter.ts';
import { perSecondOf, type RateGovernor } from './rate-governor.ts';

/** What a stream is doing. */
export type StreamState = 'running' | 'paused' | 'stopping' | 'ended' | 'failed';

/** How a stream is doing. */
export interface StreamStatus {
  /** What it is doing. */
  readonly state: StreamState;
  /** Where the events go, in words. */
  readonly target: string;
  /** Port of the hub that was started for this stream, if one was. */
  readonly hubPort: number | null;
  /** Events that readers of that hub lost, as they were dropped before they were read. */
  readonly hubLostEvents: number;
  /** Simulated instant at which the stream began, epoch ms. */
  readonly fromMs: number;
  /** Simulated instant that it has reached, epoch ms. */
  readonly simulatedMs: number;
  /** Simulated instant of its last checkpoint, epoch ms. */
  readonly checkpointMs: number;
  /** Simulated instant up to which it goes over what an earlier life had streamed; null once it is through. */
  readonly resumesToMs: number | null;
  /** Simulated ms per ms of the wall clock; over the last ten seconds where a rate is held. */
  readonly speed: number | 'max';
  /** Events a second that are held by steering the speed. */
  readonly heldPerSecond: number | null;
  /** Events a second that the stream may not exceed. */
  readonly capPerSecond: number | null;
  /** Wall time since it began, s. */
  readonly seconds: number;
  /** How late the stream is now: its oldest waiting event, or the simulation itself; ms. */
  readonly lagMs: number;
  /** From the instant an event was due to its acknowledgement, over the last minute. */
  readonly lag: LagFigures;
  /** Wall time that was given up because the receiver could not follow, ms. */
  readonly givenUpMs: number;
  /** Acknowledged events a second, over the last ten seconds. */
  readonly eventsPerSecond: number;
  /** Acknowledged events a second, since it began. */
  readonly averageEventsPerSecond: number;
  /** Whether events are sent at all: not while the receiver fails again and again. */
  readonly breaker: BreakerState;
  /** Times that the breaker has opened. */
  readonly breakerOpenings: number;
  /** Batches that were acknowledged since this stream began. */
  readonly batchesSent: number;
  /** Bytes of those batches, as a batch counts them. */
  readonly bytesSent: number;
  /** Attempts that failed, throttling excepted. */
  readonly failures: number;
  /** Attempts that the receiver refused because there were too many. */
  readonly throttled: number;
  /** Wall time spent waiting for it, ms. */
  readonly throttledMs: number;
  /** Events that an earlier life of the stream had settled. */
  readonly skipped: number;
  /** Events that are held. */
  readonly buffered: number;
  /** How many events there is room for. */
  readonly bufferSize: number;
  /** Of the held ones, those that wait to be sent. */
  readonly waiting: number;
  /** Of the held ones, those that were sent and are not answered yet. */
  readonly underWay: number;
  /** Events of the last batches, oldest first. */
  readonly lastBatches: readonly number[];
  /** What became of all events. */
  readonly total: LedgerRow;
  /** What became of the events of each type. */
  readonly byType: Readonly<Record<string, LedgerRow>>;
}

/** What of a status is known to the stream itself. */
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
  /** Of simulated ms. */
  readonly pace: EventRate;
  readonly governor: RateGovernor | undefined;
  readonly lag: LagMeter;
}

/** The status, put together. */
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

/** To three digits: it changes all the time. */
function rounded(speed: number): number {
  return Number(speed.toPrecision(3));
}
