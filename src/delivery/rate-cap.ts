/** Limits the rate: a maximum number of events in each interval. */

export interface RateCapSettings {
  readonly intervalMs: number;
  /** Maximum number of events in an interval. */
  readonly burst: number;
}

export class RateCap implements RateCapSettings {
  readonly intervalMs: number;
  readonly burst: number;
  private intervalStartMs = Number.NEGATIVE_INFINITY;
  private left = 0;

  constructor({ intervalMs, burst }: RateCapSettings) {
    this.intervalMs = intervalMs;
    this.burst = burst;
  }

  /** Returns how many of `wanted` events may be sent now; 0 until the next interval begins. */
  take(wanted: number, nowMs: number): number {
    if (nowMs - this.intervalStartMs >= this.intervalMs) {
      this.intervalStartMs = nowMs;
      this.left = this.burst;
    }
    const granted = Math.min(wanted, this.left);
    this.left -= granted;
    return granted;
  }

  /** Returns unused events of `take`. */
  giveBack(events: number): void {
    this.left += events;
  }

  /** Returns the time until the next interval begins, ms. */
  waitMs(nowMs: number): number {
    return Math.max(0, Math.ceil(this.intervalStartMs + this.intervalMs - nowMs));
  }
}
