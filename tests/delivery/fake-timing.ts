/** A clock that stands still until a test moves it. */
import type { Timing } from '../../src/delivery/timing.ts';

export class FakeTiming implements Timing {
  private now = 1_700_000_000_000;
  private timers: { readonly atMs: number; readonly call: () => void }[] = [];
  /** Delays that were asked for, in order. */
  readonly delays: number[] = [];

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, call: () => void): () => void {
    const timer = { atMs: this.now + delayMs, call };
    this.delays.push(delayMs);
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  get waiting(): number {
    return this.timers.length;
  }

  /** Moves on to the next timer and rings it; false if there is none. */
  async ring(): Promise<boolean> {
    const next = this.timers.reduce<(typeof this.timers)[number] | undefined>(
      (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
      undefined,
    );
    if (next === undefined) {
      await settled();
      return false;
    }
    this.timers = this.timers.filter((timer) => timer !== next);
    this.now = Math.max(this.now, next.atMs);
    next.call();
    await settled();
    return true;
  }

  /** Moves on by so much, ringing what comes due. */
  async advance(ms: number): Promise<void> {
    const endMs = this.now + ms;
    await settled();
    while (this.timers.some(({ atMs }) => atMs <= endMs)) await this.ring();
    this.now = endMs;
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
