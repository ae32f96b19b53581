/** A token bucket: a burst, and then a steady rate. */

export interface ChangeRate {
  /** Number of changes allowed at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket that starts with a burst and fills at a steady rate. */
export class Bucket {
  private readonly rate: ChangeRate;
  private readonly wallMs: () => number;
  private left: number;
  private lastMs: number;

  constructor(rate: ChangeRate, wallMs: () => number) {
    this.rate = rate;
    this.wallMs = wallMs;
    this.left = rate.burst;
    this.lastMs = wallMs();
  }

  /** Takes one unit; returns false if the bucket is empty. */
  take(): boolean {
    const { burst, perSecond } = this.rate;
    const nowMs = this.wallMs();
    this.left = Math.min(burst, this.left + ((nowMs - this.lastMs) / 1000) * perSecond);
    this.lastMs = nowMs;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}
