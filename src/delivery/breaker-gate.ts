/** Runs the circuit breaker, and holds back the partitions while it is open. */
import { type Actor, createActor } from 'xstate';
import { type BreakerSettings, circuitBreaker } from './circuit-breaker.ts';
import type { Timing } from './timing.ts';

/** `closed`: events are sent. `open`: none is, as the receiver fails. `halfOpen`: one batch is tried. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** Given to an attempt, and handed back with its outcome. */
export type Pass = number;

export class BreakerGate {
  private readonly actor: Actor<typeof circuitBreaker>;
  private waiting: (() => void)[] = [];
  /** Grows with every counted failure: failures of attempts that began before one are its echo. */
  private era: Pass = 0;
  private isStopped = false;
  /** Times that it opened. */
  openings = 0;

  /** @param onChange is told each new state */
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

  /** A pass at once if an attempt may begin now; undefined: ask again after `change`. */
  tryPass(): Pass | undefined {
    const snapshot = this.actor.getSnapshot();
    if (snapshot.matches('closed')) return this.era;
    if (!snapshot.matches({ halfOpen: 'ready' })) return undefined;
    this.actor.send({ type: 'PROBED' });
    return this.era;
  }

  /** Calls once when asking again makes sense. */
  onChange(call: () => void): void {
    this.waiting.push(call);
  }

  succeeded(): void {
    if (!this.isStopped) this.actor.send({ type: 'SUCCEEDED' });
  }

  /** A lost connection fails every batch under way: together they are one failure. */
  failed(pass: Pass): void {
    if (this.isStopped || pass !== this.era) return;
    this.era++;
    this.actor.send({ type: 'FAILED' });
  }

  /** The answers to batches under way change nothing any more. */
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
