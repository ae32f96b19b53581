/** Delays requests to a partition while it is silent. */

export class Silence {
  private timer: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];

  /** Delays everything for `forMs` from now. */
  begin(forMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), forMs);
  }

  /** Runs `work` now, or when the silence is over. */
  run(work: () => void): void {
    if (this.timer === undefined) work();
    else this.waiting.push(work);
  }

  /** Drops the delayed work without running it. */
  abandon(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private end(): void {
    this.timer = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    // Delayed work may meet a fault that begins the next silence; the rest then waits for its end.
    for (const work of waiting) this.run(work);
  }
}
