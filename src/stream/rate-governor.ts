/**
 * Holds a rate: events are sent at even intervals of the wall clock, and the world is simulated as far ahead as
 * necessary, in small slices. So the rate determines the speed: a night with
 * few events passes in a moment, and when the stores open, the world slows down
 * with the first slice that contains more events.
 */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';

/** A number of events in each interval; the interval may be a fraction of a millisecond. */
export type Cadence = RateCapSettings;

/** Returns a cadence of single events. @param perSecond events a second */
export function evenCadence(perSecond: number): Cadence {
  return { intervalMs: 1_000 / perSecond, burst: 1 };
}

export function perSecondOf({ intervalMs, burst }: Cadence): number {
  return (burst * 1_000) / intervalMs;
}

/** Maximum speed, simulated ms per ms of the wall clock. */
const MOST_SPEED = 1_000_000;

/** Wall time for which events are generated at once. */
const AHEAD_MS = 200;
/** Maximum length of a slice: limits the surplus of events in the first slice after a quiet night. */
const LONGEST_SLICE_MS = 10_000;
/** Minimum pause for a timer. */
const LEAST_REST_MS = 5;

export interface RateGovernorOptions {
  readonly cadence: Cadence;
  /** Monotonic wall clock, ms from any origin. */
  readonly wallMs: () => number;
  /** Maximum delay that is made up for; the rest is given up. */
  readonly patienceMs: number;
}

export class RateGovernor {
  readonly cadence: Cadence;
  private readonly wallMs: () => number;
  private readonly patienceMs: number;
  private readonly dueAtMs = new WeakMap<OutgoingEvent, number>();
  /** Wall time of the first event, and number of events sent since. */
  private originMs: number;
  private gone = 0;
  private pausedAtMs: number | undefined;
  private skippedMs = 0;
  private sliceMs = 1;
  /** Wall time at which the world may continue without exceeding the maximum speed. */
  private freeMs = Number.NEGATIVE_INFINITY;

  constructor({ cadence, wallMs, patienceMs }: RateGovernorOptions) {
    this.cadence = cadence;
    this.wallMs = wallMs;
    this.patienceMs = patienceMs;
    this.originMs = wallMs();
  }

  get perSecond(): number {
    return perSecondOf(this.cadence);
  }

  /** Wall time that was given up because the simulation or the receiver was too slow, ms. */
  get givenUpMs(): number {
    return this.skippedMs;
  }

  /** Delay of the next event, ms. */
  get behindMs(): number {
    return Math.max(0, this.nowMs() - this.dueMs(this.gone));
  }

  /** Returns the wall time until the next event is due, ms; 0 if it is due. */
  waitMs(): number {
    const nowMs = this.nowMs();
    // The first event is due when it exists, so that the time to start does not count as delay.
    if (this.gone === 0) this.originMs = nowMs;
    const lateMs = nowMs - this.dueMs(this.gone) - this.patienceMs;
    if (lateMs > 0) {
      this.skippedMs += lateMs;
      this.originMs += lateMs;
    }
    return Math.max(0, this.dueMs(this.gone) - nowMs);
  }

  /** Returns the wall time until the world may be simulated further, ms. */
  restMs(): number {
    const freeInMs = this.freeMs - this.nowMs();
    return Math.max(this.waitMs(), freeInMs < LEAST_REST_MS ? 0 : freeInMs);
  }

  /** Called when an event is sent. */
  goes(event: OutgoingEvent): void {
    this.dueAtMs.set(event, this.dueMs(this.gone));
    this.gone++;
  }

  /** Returns the time since a sent event was due, ms; undefined for events sent before this rate was set. */
  lateMs(event: OutgoingEvent): number | undefined {
    const dueMs = this.dueAtMs.get(event);
    return dueMs === undefined ? undefined : Math.max(0, this.nowMs() - dueMs);
  }

  /**
   * Simulates until there are as many events as will be due soon, at most to `limitMs`.
   * @param advance simulates to an instant; returns the number of new events
   * @returns the simulated instant that was reached
   */
  async fill(
    fromMs: number,
    limitMs: number,
    advance: (toMs: number) => Promise<number>,
  ): Promise<number> {
    const wanted = this.dueSoon();
    let reachedMs = fromMs;
    let events = 0;
    do {
      const toMs = Math.min(limitMs, reachedMs + this.sliceMs);
      const more = await advance(toMs);
      this.fitSlice(more, wanted);
      events += more;
      reachedMs = toMs;
    } while (events < wanted && reachedMs < limitMs);
    this.freeMs = Math.max(this.freeMs, this.nowMs()) + (reachedMs - fromMs) / MOST_SPEED;
    return reachedMs;
  }

  /** Stops the clock of due times. */
  pause(): void {
    this.pausedAtMs ??= this.wallMs();
  }

  resume(): void {
    if (this.pausedAtMs === undefined) return;
    this.originMs += this.wallMs() - this.pausedAtMs;
    this.pausedAtMs = undefined;
  }

  /** Returns the number of events that are due within `AHEAD_MS`, at least one. */
  private dueSoon(): number {
    const { intervalMs, burst } = this.cadence;
    const intervals = Math.floor((this.nowMs() + AHEAD_MS - this.originMs) / intervalMs) + 1;
    return Math.max(1, intervals * burst - this.gone);
  }

  private dueMs(index: number): number {
    const { intervalMs, burst } = this.cadence;
    return this.originMs + Math.floor(index / burst) * intervalMs;
  }

  private nowMs(): number {
    return this.pausedAtMs ?? this.wallMs();
  }

  private fitSlice(events: number, wanted: number): void {
    if (events * 4 > wanted) this.sliceMs = Math.max(1, this.sliceMs >>> 1);
    else if (events * 16 < wanted) this.sliceMs = Math.min(LONGEST_SLICE_MS, this.sliceMs * 2);
  }
}
