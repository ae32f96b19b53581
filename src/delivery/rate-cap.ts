/** Caps the rate: at most so many events in each interval. */

export interface RateCapSettings {
  readonly intervalMs: number;
  /** Events per interval. */
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

  /** How many of `wanted` events may go now; 0 until the next interval begins. */
  take(wanted: number, nowMs: number): number {
    if (nowMs - this.intervalStartMs >= this.intervalMs) {
      this.intervalStartMs = nowMs;
      this.left = this.burst;
    }
    const granted = Math.min(wanted, this.left);
    this.left -= granted;
    return granted;
  }

  /** Gives back what was taken and not used. */
  giveBack(events: number): void {
    this.left += events;
  }

  /** Time until the next interval begins, ms. */
  waitMs(nowMs: number): number {
    return Math.max(0, Math.ceil(this.intervalStartMs + this.intervalMs - nowMs));
  }
}
