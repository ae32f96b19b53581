/** Waits that can be ended early: the present ones, or all for good. */
import type { Timing } from './timing.ts';

/** Thrown when a wait ends because the publisher is closing; not a failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

export class Waits {
  private readonly timing: Timing;
  private readonly wakers = new Set<() => void>();
  private isStopped = false;

  constructor(timing: Timing) {
    this.timing = timing;
  }

  /** Waits for `delayMs`, or until `wake`. @throws Stopped after `stop` */
  async pause(delayMs: number): Promise<void> {
    await this.until((call) => this.timing.after(delayMs, call));
  }

  /** Waits until the function given to `arrange` is called, or until `wake`. @throws Stopped after `stop` */
  async until(arrange: (call: () => void) => (() => void) | undefined): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      let cancel: (() => void) | undefined;
      const wake = () => {
        this.wakers.delete(wake);
        cancel?.();
        resolve();
      };
      this.wakers.add(wake);
      cancel = arrange(wake);
    });
    this.check();
  }

  /** Ends the present waits. */
  wake(): void {
    for (const wake of [...this.wakers]) wake();
  }

  /** Ends all waits, including future ones. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  private check(): void {
    if (this.isStopped) throw new Stopped('The publisher is ending');
  }
}
