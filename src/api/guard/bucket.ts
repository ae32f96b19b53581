/** So much at once, and then so much a second. */

export interface ChangeRate {
  /** Changes that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Fills at a steady rate, from a first burst. */
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

  /** Takes one out, if there is one. */
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
