/**
 * The event calendar: what will happen, in order of time and, at the same time, in order of scheduling.
 *
 * A binary heap in typed arrays. The heap holds time and slot; the other fields of an entry stay in its
 * slot and never move. A cancelled entry stays in the heap until it reaches the top, or until cancelled
 * entries outnumber the others.
 */

/** The largest number of entries in a calendar: a ticket cannot number more slots. */
export const CALENDAR_LIMIT = 2 ** 22;
const FIRST_CAPACITY = 64;
/** Below this, sweeping out cancelled entries costs more than carrying them. */
const SWEEP_AT = 256;
const CANCELLED = -1;

/** The saved state of a calendar: the used part of its arrays. Restoring it continues as if never interrupted. */
export interface CalendarState {
  nextSequence: number;
  cancelled: number;
  heapMs: Float64Array;
  heapSlots: Int32Array;
  sequences: Float64Array;
  targets: Float64Array;
  signals: Int32Array;
  arguments: Float64Array;
  generations: Int32Array;
  freeSlots: Int32Array;
}

export class Calendar {
  /** Time of the entry last popped, epoch ms. */
  atMs = 0;
  /** The target of the entry last popped: an integer >= 0 of the caller's choice. */
  target = 0;
  /** The signal of the entry last popped: a 32-bit integer of the caller's choice. */
  signal = 0;
  /** Payload of the entry last popped. */
  argument = 0;

  private capacity = FIRST_CAPACITY;
  private heapMs = new Float64Array(FIRST_CAPACITY);
  private heapSlots = new Int32Array(FIRST_CAPACITY);
  private heapSize = 0;
  private cancelled = 0;
  private sequences = new Float64Array(FIRST_CAPACITY);
  private targets = new Float64Array(FIRST_CAPACITY);
  private signals = new Int32Array(FIRST_CAPACITY);
  private arguments = new Float64Array(FIRST_CAPACITY);
  private generations = new Int32Array(FIRST_CAPACITY).fill(1);
  private usedSlots = 0;
  private freeSlots = new Int32Array(FIRST_CAPACITY);
  private freeCount = 0;
  private nextSequence = 0;

  /** Number of entries that are due later: neither popped nor cancelled. */
  get size(): number {
    return this.heapSize - this.cancelled;
  }

  /**
   * Adds an entry and returns its ticket. `cancel` accepts the ticket at any time: once the entry was
   * popped or cancelled, cancelling it does nothing. A ticket is an integer from 1 to 2^53:
   * keep it in a plain field or a Float64Array; 0 is never a ticket.
   */
  schedule(atMs: number, target: number, signal: number, argument: number): number {
    if (!Number.isFinite(atMs)) {
      throw new RangeError(
        `Cannot schedule an entry at ${atMs}: time must be a finite number of ms`,
      );
    }
    const slot = this.freeCount > 0 ? this.freeSlots[--this.freeCount] : this.claimSlot();
    this.sequences[slot] = this.nextSequence++;
    this.targets[slot] = target;
    this.signals[slot] = signal;
    this.arguments[slot] = argument;

    // The newest entry comes after all others of its time, so times alone decide on the way up.
    const { heapMs, heapSlots } = this;
    let hole = this.heapSize++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentMs = heapMs[parent];
      if (parentMs <= atMs) break;
      heapMs[hole] = parentMs;
      heapSlots[hole] = heapSlots[parent];
      hole = parent;
    }
    heapMs[hole] = atMs;
    heapSlots[hole] = slot;
    return this.generations[slot] * CALENDAR_LIMIT + slot;
  }

  /** Removes an entry before it is popped. Does nothing if it was popped or cancelled already. */
  cancel(ticket: number): void {
    const generation = Math.floor(ticket / CALENDAR_LIMIT);
    const slot = ticket - generation * CALENDAR_LIMIT;
    if (this.generations[slot] !== generation || this.targets[slot] === CANCELLED) return;
    this.targets[slot] = CANCELLED;
    this.cancelled++;
    if (this.cancelled > SWEEP_AT && this.cancelled * 2 > this.heapSize) this.sweep();
  }

  /** Time of the next entry, epoch ms; Infinity when there is none. */
  peekMs(): number {
    this.dropCancelled();
    return this.heapSize > 0 ? this.heapMs[0] : Infinity;
  }

  /** Removes the next entry and sets `atMs`, `target`, `signal` and `argument`. Returns false if there is none. */
  pop(): boolean {
    return this.popBefore(Infinity);
  }

  /** Like `pop`, but only for an entry whose time is before `untilMs`. */
  popBefore(untilMs: number): boolean {
    this.dropCancelled();
    if (this.heapSize === 0) return false;
    const atMs = this.heapMs[0];
    if (atMs >= untilMs) return false;
    const slot = this.heapSlots[0];
    this.atMs = atMs;
    this.target = this.targets[slot];
    this.signal = this.signals[slot];
    this.argument = this.arguments[slot];
    this.removeFirst();
    this.release(slot);
    return true;
  }

  /** Returns what `restore` needs to continue as if never interrupted, including tickets. */
  save(): CalendarState {
    const { heapSize, usedSlots } = this;
    return {
      nextSequence: this.nextSequence,
      cancelled: this.cancelled,
      heapMs: this.heapMs.slice(0, heapSize),
      heapSlots: this.heapSlots.slice(0, heapSize),
      sequences: this.sequences.slice(0, usedSlots),
      targets: this.targets.slice(0, usedSlots),
      signals: this.signals.slice(0, usedSlots),
      arguments: this.arguments.slice(0, usedSlots),
      generations: this.generations.slice(0, usedSlots),
      freeSlots: this.freeSlots.slice(0, this.freeCount),
    };
  }

  /** Returns a calendar that continues where the saved one stopped. */
  static restore(state: CalendarState): Calendar {
    const calendar = new Calendar();
    calendar.usedSlots = state.generations.length;
    while (calendar.capacity < calendar.usedSlots) calendar.grow();
    calendar.heapSize = state.heapMs.length;
    calendar.freeCount = state.freeSlots.length;
    calendar.nextSequence = state.nextSequence;
    calendar.cancelled = state.cancelled;
    calendar.heapMs.set(state.heapMs);
    calendar.heapSlots.set(state.heapSlots);
    calendar.sequences.set(state.sequences);
    calendar.targets.set(state.targets);
    calendar.signals.set(state.signals);
    calendar.arguments.set(state.arguments);
    calendar.generations.set(state.generations);
    calendar.freeSlots.set(state.freeSlots);
    return calendar;
  }

  private dropCancelled(): void {
    while (this.cancelled > 0 && this.targets[this.heapSlots[0]] === CANCELLED) {
      const slot = this.heapSlots[0];
      this.removeFirst();
      this.release(slot);
      this.cancelled--;
    }
  }

  private removeFirst(): void {
    const last = --this.heapSize;
    if (last > 0) this.settle(0, this.heapMs[last], this.heapSlots[last]);
  }

  /** Moves an entry down from the hole until no earlier entry is below it. */
  private settle(hole: number, ms: number, slot: number): void {
    const { heapMs, heapSlots, sequences, heapSize } = this;
    const sequence = sequences[slot];
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heapSize) break;
      let childMs = heapMs[child];
      const right = child + 1;
      if (right < heapSize) {
        const rightMs = heapMs[right];
        if (
          rightMs < childMs ||
          (rightMs === childMs && sequences[heapSlots[right]] < sequences[heapSlots[child]])
        ) {
          child = right;
          childMs = rightMs;
        }
      }
      if (ms < childMs || (ms === childMs && sequence < sequences[heapSlots[child]])) break;
      heapMs[hole] = childMs;
      heapSlots[hole] = heapSlots[child];
      hole = child;
    }
    heapMs[hole] = ms;
    heapSlots[hole] = slot;
  }

  /** Rebuilds the heap without its cancelled entries. */
  private sweep(): void {
    const { heapMs, heapSlots } = this;
    let kept = 0;
    for (let index = 0; index < this.heapSize; index++) {
      const slot = heapSlots[index];
      if (this.targets[slot] === CANCELLED) {
        this.release(slot);
      } else {
        heapMs[kept] = heapMs[index];
        heapSlots[kept++] = slot;
      }
    }
    this.heapSize = kept;
    this.cancelled = 0;
    for (let hole = (kept >> 1) - 1; hole >= 0; hole--) {
      this.settle(hole, heapMs[hole], heapSlots[hole]);
    }
  }

  private claimSlot(): number {
    if (this.usedSlots === this.capacity) this.grow();
    return this.usedSlots++;
  }

  private release(slot: number): void {
    const next = (this.generations[slot] + 1) & 0x7fffffff;
    this.generations[slot] = next === 0 ? 1 : next;
    this.freeSlots[this.freeCount++] = slot;
  }

  private grow(): void {
    const capacity = this.capacity * 2;
    if (capacity > CALENDAR_LIMIT) {
      throw new RangeError(`Cannot schedule more than ${CALENDAR_LIMIT} entries at a time`);
    }
    this.capacity = capacity;
    this.heapMs = enlarged(this.heapMs, new Float64Array(capacity));
    this.heapSlots = enlarged(this.heapSlots, new Int32Array(capacity));
    this.sequences = enlarged(this.sequences, new Float64Array(capacity));
    this.targets = enlarged(this.targets, new Float64Array(capacity));
    this.signals = enlarged(this.signals, new Int32Array(capacity));
    this.arguments = enlarged(this.arguments, new Float64Array(capacity));
    this.generations = enlarged(this.generations, new Int32Array(capacity).fill(1));
    this.freeSlots = enlarged(this.freeSlots, new Int32Array(capacity));
  }
}

function enlarged<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
