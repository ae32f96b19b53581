/** Quantiles of the lag of events over the last half to whole minute, with little memory. */

/** Each class is about three percent wider than the one below it. */
const CLASSES_PER_OCTAVE = 22;
const CLASSES = 1_024;
const WINDOW_MS = 30_000;

/** How late events were acknowledged. */
export interface LagFigures {
  /** Events that were counted. */
  readonly events: number;
  /** Median lag, ms. */
  readonly p50Ms: number;
  /** 99 of 100 events were not later than this, ms. */
  readonly p99Ms: number;
  /** The latest event, ms. */
  readonly mostMs: number;
}

class Histogram {
  readonly counts = new Float64Array(CLASSES);
  total = 0;
  most = 0;

  add(lagMs: number): void {
    const index = Math.floor(Math.log2(lagMs + 1) * CLASSES_PER_OCTAVE);
    this.counts[Math.min(index, CLASSES - 1)]++;
    this.total++;
    if (lagMs > this.most) this.most = lagMs;
  }
}

export class LagMeter {
  private readonly wallMs: () => number;
  private current = new Histogram();
  private previous = new Histogram();
  private beganMs: number;

  /** @param wallMs monotonic clock, ms */
  constructor(wallMs: () => number) {
    this.wallMs = wallMs;
    this.beganMs = wallMs();
  }

  /** Counts an event. */
  add(lagMs: number): void {
    this.current.add(Math.max(0, lagMs));
  }

  figures(): LagFigures {
    this.turn();
    const { current, previous } = this;
    return {
      events: current.total + previous.total,
      p50Ms: this.quantile(0.5),
      p99Ms: this.quantile(0.99),
      mostMs: Math.round(Math.max(current.most, previous.most)),
    };
  }

  /** Begins a new window if the present one is over; keeps the last one. */
  private turn(): void {
    const nowMs = this.wallMs();
    if (nowMs - this.beganMs < WINDOW_MS) return;
    this.previous = this.current;
    this.current = new Histogram();
    this.beganMs = nowMs;
  }

  /** Returns the upper bound of the class that contains a quantile. @param share of events at or below it, 0–1 */
  private quantile(share: number): number {
    const { current, previous } = this;
    let left = (current.total + previous.total) * share;
    if (left === 0) return 0;
    let index = 0;
    for (; index < CLASSES; index++) {
      left -= current.counts[index] + previous.counts[index];
      if (left <= 0) break;
    }
    return Math.round(2 ** ((index + 1) / CLASSES_PER_OCTAVE) - 1);
  }
}
