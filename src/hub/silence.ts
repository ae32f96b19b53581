/** Holds back what a partition is asked while it is silent. */

export class Silence {
  private timer: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];

  /** Holds everything back for `forMs` from now. */
  begin(forMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), forMs);
  }

  /** Runs `work` now, or when the silence is over. */
  run(work: () => void): void {
    if (this.timer === undefined) work();
    else this.waiting.push(work);
  }

  /** Forgets what waits: nothing of it will be done. */
  abandon(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private end(): void {
    this.timer = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    // A fault met on the way may begin the next silence: the rest then waits for its end.
    for (const work of waiting) this.run(work);
  }
}
