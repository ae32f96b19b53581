/** Notes for the operator of the hub: at most one sentence a minute about the same subject. */

const EVERY_MS = 60_000;

interface Told {
  readonly atMs: number;
  withheld: number;
}

export class Notes {
  private readonly write: (sentence: string) => void;
  private readonly now: () => number;
  private readonly told = new Map<string, Told>();

  /** @param now monotonic clock, ms */
  constructor(write: (sentence: string) => void, now: () => number = () => performance.now()) {
    this.write = write;
    this.now = now;
  }

  /** Writes `sentence`, unless one about the same subject was written less than a minute ago. */
  say(about: string, sentence: string): void {
    const last = this.told.get(about);
    const nowMs = this.now();
    if (last !== undefined && nowMs - last.atMs < EVERY_MS) {
      last.withheld++;
      return;
    }
    const more = last?.withheld ?? 0;
    this.told.set(about, { atMs: nowMs, withheld: 0 });
    this.write(more === 0 ? sentence : `${sentence} (and ${more} times since the last note)`);
  }
}
