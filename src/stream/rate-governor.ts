/**
 * Holds a rate: events go at even instants of the wall clock, and the world is simulated as far ahead as
 * they need, in small slices. So the rate sets the speed, and not the other way round: a night in which
 * hardly anything happens is crossed in a moment, and at the opening of the stores the world slows down
 * with the first slice that brings forth more.
 */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';

/** So many events at each interval; one event at a fraction of a millisecond's distance is one as well. */
export type Cadence = RateCapSettings;

/** So many events a second, one by one. */
export function evenCadence(perSecond: number): Cadence {
  return { intervalMs: 1_000 / perSecond, burst: 1 };
}

export function perSecondOf({ intervalMs, burst }: Cadence): number {
  return (burst * 1_000) / intervalMs;
}

/** No faster, however little happens: simulated ms per ms of the wall clock. */
const MOST_SPEED = 1_000_000;

/** Events of so much wall time are made at once. */
const AHEAD_MS = 200;
/** What the first slice after a quiet night may bring forth too much stays small. */
const LONGEST_SLICE_MS = 10_000;
/** A pause shorter than this is not worth a timer. */
const LEAST_REST_MS = 5;

export interface RateGovernorOptions {
  readonly cadence: Cadence;
  /** The wall clock, ms from any origin; it never goes back. */
  readonly wallMs: () => number;
  /** Wall time that is made up for at most. */
  readonly patienceMs: number;
}

export class RateGovernor {
  readonly cadence: Cadence;
  private readonly wallMs: () => number;
  private readonly patienceMs: number;
  private readonly dueAtMs = new WeakMap<OutgoingEvent, number>();
  /** Instant of the first event, and events gone since. */
  private originMs: number;
  private gone = 0;
  private pausedAtMs: number | undefined;
  private skippedMs = 0;
  private sliceMs = 1;
  /** When the world may go on without being faster than allowed. */
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

  /** Wall time, ms, that was given up because simulation or receiver could not follow. */
  get givenUpMs(): number {
    return this.skippedMs;
  }

  /** How late the next event is, ms. */
  get behindMs(): number {
    return Math.max(0, this.nowMs() - this.dueMs(this.gone));
  }

  /** Wall time until the next event is due, ms; 0 if it is. */
  waitMs(): number {
    const nowMs = this.nowMs();
    // The first event is due when there is one: getting ready is not late.
    if (this.gone === 0) this.originMs = nowMs;
    const lateMs = nowMs - this.dueMs(this.gone) - this.patienceMs;
    if (lateMs > 0) {
      this.skippedMs += lateMs;
      this.originMs += lateMs;
    }
    return Math.max(0, this.dueMs(this.gone) - nowMs);
  }

  /** Wall time until the world may be simulated further, ms. */
  restMs(): number {
    const freeInMs = this.freeMs - this.nowMs();
    return Math.max(this.waitMs(), freeInMs < LEAST_REST_MS ? 0 : freeInMs);
  }

  /** Told that an event goes. */
  goes(event: OutgoingEvent): void {
    this.dueAtMs.set(event, this.dueMs(this.gone));
    this.gone++;
  }

  /** How long ago an event that has gone was due, ms; undefined for one of before this rate was held. */
  lateMs(event: OutgoingEvent): number | undefined {
    const dueMs = this.dueAtMs.get(event);
    return dueMs === undefined ? undefined : Math.max(0, this.nowMs() - dueMs);
  }

  /**
   * Moves the world on until there are as many events as will soon be due, at most to `limitMs`.
   * @param advance moves it to an instant; tells how many events that brought forth
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

  /** Stops the clock that events are due by. */
  pause(): void {
    this.pausedAtMs ??= this.wallMs();
  }

  resume(): void {
    if (this.pausedAtMs === undefined) return;
    this.originMs += this.wallMs() - this.pausedAtMs;
    this.pausedAtMs = undefined;
  }

  /** Events that are due now or within a moment, one at least. */
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
