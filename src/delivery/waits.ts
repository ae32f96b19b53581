/** Waits that can be cut short: all at once, or for good. */
import type { Timing } from './timing.ts';

/** Work was given up because the publisher ends; not a failure. */
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

  /** Waits so long, or until `wake`. @throws Stopped after `stop` */
  async pause(delayMs: number): Promise<void> {
    await this.until((call) => this.timing.after(delayMs, call));
  }

  /** Waits until what `arrange` was given is called, or until `wake`. @throws Stopped after `stop` */
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

  /** Ends the waits of this moment. */
  wake(): void {
    for (const wake of [...this.wakers]) wake();
  }

  /** Ends all waits, those to come included. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  private check(): void {
    if (this.isStopped) throw new Stopped('The publisher is ending');
  }
}
