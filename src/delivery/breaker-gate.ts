/** Runs the circuit breaker, and makes the partitions wait while it is open. */
import { type Actor, createActor } from 'xstate';
import { type BreakerSettings, circuitBreaker } from './circuit-breaker.ts';
import type { Timing } from './timing.ts';

/** `closed`: events are sent. `open`: none is, as the receiver fails. `halfOpen`: one batch is tried. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** Permission for an attempt, returned with its outcome. */
export type Pass = number;

export class BreakerGate {
  private readonly actor: Actor<typeof circuitBreaker>;
  private waiting: (() => void)[] = [];
  /** Incremented with every counted failure: failures of attempts that began before it are not counted again. */
  private era: Pass = 0;
  private isStopped = false;
  /** Number of times that the breaker opened. */
  openings = 0;

  /** @param onChange called with each new state */
  constructor(settings: BreakerSettings, timing: Timing, onChange?: (state: BreakerState) => void) {
    this.actor = createActor(circuitBreaker, {
      input: settings,
      clock: {
        setTimeout: (call: () => void, delayMs: number) => timing.after(delayMs, call),
        clearTimeout: (cancel: () => void) => cancel?.(),
      },
    });
    let last: BreakerState = 'closed';
    this.actor.subscribe(() => {
      const { state } = this;
      if (state === last) return;
      last = state;
      if (state === 'open') this.openings++;
      else this.admitWaiting();
      onChange?.(state);
    });
    this.actor.start();
  }

  get state(): BreakerState {
    const { value } = this.actor.getSnapshot();
    return typeof value === 'string' ? value : 'halfOpen';
  }

  /** Returns a pass if an attempt may begin now; otherwise undefined: try again after `onChange` has called. */
  tryPass(): Pass | undefined {
    const snapshot = this.actor.getSnapshot();
    if (snapshot.matches('closed')) return this.era;
    if (!snapshot.matches({ halfOpen: 'ready' })) return undefined;
    this.actor.send({ type: 'PROBED' });
    return this.era;
  }

  /** Calls `call` once, when `tryPass` may succeed. */
  onChange(call: () => void): void {
    this.waiting.push(call);
  }

  succeeded(): void {
    if (!this.isStopped) this.actor.send({ type: 'SUCCEEDED' });
  }

  /** Counts a failure. A lost connection fails every batch under way, which counts as one failure. */
  failed(pass: Pass): void {
    if (this.isStopped || pass !== this.era) return;
    this.era++;
    this.actor.send({ type: 'FAILED' });
  }

  /** Stops the breaker: later outcomes of batches are ignored. */
  stop(): void {
    this.isStopped = true;
    this.actor.stop();
    this.admitWaiting();
  }

  private admitWaiting(): void {
    const calls = this.waiting;
    this.waiting = [];
    for (const call of calls) call();
  }
}
