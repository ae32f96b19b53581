/** Measures events per second, over the last ten seconds and since the beginning. */

const WINDOW_MS = 10_000;

interface Sample {
  readonly wallMs: number;
  readonly events: number;
}

export class EventRate {
  private readonly began: Sample;
  private samples: Sample[];

  constructor(wallMs: number, events: number) {
    this.began = { wallMs, events };
    this.samples = [this.began];
  }

  /** Records the total number of events at a wall time. */
  sample(wallMs: number, events: number): void {
    this.samples.push({ wallMs, events });
    while (this.samples.length > 2 && wallMs - this.samples[1].wallMs >= WINDOW_MS) {
      this.samples.shift();
    }
  }

  /** Rate of about the last ten seconds. */
  get lately(): number {
    return between(this.samples[0], this.samples[this.samples.length - 1]);
  }

  /** Rate since the beginning. */
  get overall(): number {
    return between(this.began, this.samples[this.samples.length - 1]);
  }
}

function between(from: Sample, to: Sample): number {
  return to.wallMs > from.wallMs
    ? ((to.events - from.events) * 1000) / (to.wallMs - from.wallMs)
    : 0;
}
