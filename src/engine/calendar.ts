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

/** The fields of a slot lie side by side, in one line of the CPU's cache. */
const WIDTH = 8;
const SEQUENCE = 0;
const TARGET = 1;
const SIGNAL = 2;
const ARGUMENT = 3;
const GENERATION = 4;

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
  private slots = newSlots(FIRST_CAPACITY);
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
    const { slots } = this;
    const at = slot * WIDTH;
    slots[at + SEQUENCE] = this.nextSequence++;
    slots[at + TARGET] = target;
    slots[at + SIGNAL] = signal;
    slots[at + ARGUMENT] = argument;

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
    return slots[at + GENERATION] * CALENDAR_LIMIT + slot;
  }

  /** Removes an entry before it is popped. Does nothing if it was popped or cancelled already. */
  cancel(ticket: number): void {
    const generation = Math.floor(ticket / CALENDAR_LIMIT);
    const slot = ticket - generation * CALENDAR_LIMIT;
    const { slots } = this;
    const at = slot * WIDTH;
    if (slots[at + GENERATION] !== generation || slots[at + TARGET] === CANCELLED) return;
    slots[at + TARGET] = CANCELLED;
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
    const { slots } = this;
    const at = slot * WIDTH;
    this.target = slots[at + TARGET];
    this.signal = slots[at + SIGNAL];
    this.argument = slots[at + ARGUMENT];
    this.removeFirst();
    this.release(slot);
    return true;
  }

  /** Returns what `restore` needs to continue as if never interrupted, including tickets. */
  save(): CalendarState {
    const { heapSize } = this;
    return {
      nextSequence: this.nextSequence,
      cancelled: this.cancelled,
      heapMs: this.heapMs.slice(0, heapSize),
      heapSlots: this.heapSlots.slice(0, heapSize),
      sequences: Float64Array.from(this.fieldOf(SEQUENCE)),
      targets: Float64Array.from(this.fieldOf(TARGET)),
      signals: Int32Array.from(this.fieldOf(SIGNAL)),
      arguments: Float64Array.from(this.fieldOf(ARGUMENT)),
      generations: Int32Array.from(this.fieldOf(GENERATION)),
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
    const { sequences, targets, signals, generations } = state;
    for (let slot = 0; slot < calendar.usedSlots; slot++) {
      const fields = [sequences[slot], targets[slot], signals[slot], state.arguments[slot]];
      calendar.slots.set([...fields, generations[slot]], slot * WIDTH);
    }
    calendar.freeSlots.set(state.freeSlots);
    return calendar;
  }

  /** A field of all slots in use. */
  private fieldOf(field: number): number[] {
    return Array.from({ length: this.usedSlots }, (_, slot) => this.slots[slot * WIDTH + field]);
  }

  private dropCancelled(): void {
    while (this.cancelled > 0 && this.slots[this.heapSlots[0] * WIDTH + TARGET] === CANCELLED) {
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
    const { heapMs, heapSlots, slots, heapSize } = this;
    const sequence = slots[slot * WIDTH + SEQUENCE];
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heapSize) break;
      let childMs = heapMs[child];
      const right = child + 1;
      if (right < heapSize) {
        const rightMs = heapMs[right];
        if (
          rightMs < childMs ||
          (rightMs === childMs &&
            slots[heapSlots[right] * WIDTH + SEQUENCE] < slots[heapSlots[child] * WIDTH + SEQUENCE])
        ) {
          child = right;
          childMs = rightMs;
        }
      }
      if (ms < childMs || (ms === childMs && sequence < slots[heapSlots[child] * WIDTH + SEQUENCE]))
        break;
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
      if (this.slots[slot * WIDTH + TARGET] === CANCELLED) {
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
    const at = slot * WIDTH + GENERATION;
    const next = (this.slots[at] + 1) & 0x7fffffff;
    this.slots[at] = next === 0 ? 1 : next;
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
    this.slots = enlarged(this.slots, newSlots(capacity));
    this.freeSlots = enlarged(this.freeSlots, new Int32Array(capacity));
  }
}

/** Slots that have never been used. */
function newSlots(capacity: number): Float64Array<ArrayBuffer> {
  const slots = new Float64Array(capacity * WIDTH);
  for (let slot = 0; slot < capacity; slot++) slots[slot * WIDTH + GENERATION] = 1;
  return slots;
}

function enlarged<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
