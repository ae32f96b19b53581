/** Idempotent producers of one partition: a batch that was stored already is not stored again. */
import type { ProducerMark } from './batch.ts';

interface ProducerState {
  epoch: number;
  /** Sequence number of the last stored event. */
  lastSequence: number;
}

/** The stored state of a producer. */
export interface ProducerEntry extends Readonly<ProducerState> {
  readonly id: number;
}

/** The identity of an idempotent producer on its link. */
export interface ProducerIdentity {
  readonly id: number;
  readonly epoch: number;
  readonly lastSequence: number;
}

/** What to do with a batch. */
export type Verdict = 'store' | 'repeat' | 'out-of-order' | 'fenced';

const INT_VALUES = 0x8000_0000;

export class Producers {
  private readonly states = new Map<number, ProducerState>();
  private readonly onCame: (entry: ProducerEntry) => void;
  private nextId = 1;

  /** @param onCame called with each new producer before it is admitted */
  constructor(onCame: (entry: ProducerEntry) => void = () => {}) {
    this.onCame = onCame;
  }

  entries(): readonly ProducerEntry[] {
    return Array.from(this.states, ([id, state]) => ({ id, ...state }));
  }

  /** Restores a stored producer. */
  restore({ id, epoch, lastSequence }: ProducerEntry): void {
    this.states.set(id, { epoch, lastSequence });
  }

  /**
   * Admits a producer; one without an id gets a new one. A known producer that states its sequence
   * number keeps it: it may be behind the hub's by a batch whose answer it never got, and sends that batch again.
   * @returns the identity, or undefined if a producer with a higher epoch has taken over
   */
  attach(
    id: number | undefined,
    epoch: number | undefined,
    lastSequence: number | undefined,
  ): ProducerIdentity | undefined {
    const known = id === undefined ? undefined : this.states.get(id);
    const asked = epoch ?? known?.epoch ?? 0;
    if (known !== undefined && asked < known.epoch) return undefined;
    const ownId = id ?? this.unusedId();
    const last = lastSequence ?? known?.lastSequence ?? 0;
    const takesOver = known === undefined || asked > known.epoch;
    if (takesOver) {
      this.onCame({ id: ownId, epoch: asked, lastSequence: last });
      this.states.set(ownId, { epoch: asked, lastSequence: last });
    }
    return { id: ownId, epoch: asked, lastSequence: last };
  }

  /** Decides about a batch of `count` events by its marks, before it is stored. */
  judge({ id, epoch, sequence }: ProducerMark, count: number): Verdict {
    const state = id === undefined ? undefined : this.states.get(id);
    if (state === undefined) return 'store';
    if (epoch !== undefined && epoch < state.epoch) return 'fenced';
    const end = wrap(sequence + count - 1);
    if (distance(state.lastSequence, end) <= 0) return 'repeat';
    return wrap(state.lastSequence + 1) === sequence ? 'store' : 'out-of-order';
  }

  /** Remembers a batch that was stored. */
  stored({ id, epoch, sequence }: ProducerMark, count: number): void {
    if (id === undefined) return;
    const state = this.states.get(id);
    const lastSequence = wrap(sequence + count - 1);
    this.states.set(id, { epoch: Math.max(epoch ?? 0, state?.epoch ?? 0), lastSequence });
  }

  private unusedId(): number {
    while (this.states.has(this.nextId)) this.nextId++;
    return this.nextId++;
  }
}

/** Sequence numbers are 32-bit integers that continue at 0 after the largest. */
function wrap(sequence: number): number {
  return sequence % INT_VALUES;
}

/** Returns how far `to` is ahead of `from`; negative if it is behind. */
function distance(from: number, to: number): number {
  const ahead = (to - from + INT_VALUES) % INT_VALUES;
  return ahead < INT_VALUES / 2 ? ahead : ahead - INT_VALUES;
}
