/**
 * A fixed amount of work of the kind that a simulation does, to measure a machine by: entries through a
 * heap in typed arrays, the records that they belong to, which lie cold in memory and lead to others,
 * short-lived objects, integers as digits into a buffer.
 *
 * It uses nothing of the project, so that the project's speed can be told in it. Changing it changes the
 * unit: record the ratio again.
 */
const PENDING = 4096;
const COUNTERS = 1 << 20;
const BUFFER_BYTES = 1 << 18;
const LONGEST_ROW_BYTES = 64;
const COUNTED = 2;
/** Of one call; some hundredths of a second. */
const STEPS = 60_000;

/** Wide enough for a few cache lines. */
class Owner {
  readonly source: Source;
  readonly account = new Account();
  first = 0;
  second = 0;
  third = 0;
  fourth = 0;
  readonly history: number[] = [0, 0, 0, 0];

  constructor(seed: number) {
    this.source = new Source(seed);
  }
}

class Account {
  balance = 0.5;
  entries = 0;
}

/** Xorshift: the same on every machine. */
class Source {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return x >>> 1;
  }
}

interface Happening {
  readonly atMs: number;
  readonly owner: Owner;
}

export class Calibration {
  private readonly times = new Float64Array(PENDING);
  private readonly slots = new Int32Array(PENDING);
  private readonly owners: Owner[] = [];
  private readonly counters = new Int32Array(COUNTERS);
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private used = 0;

  constructor() {
    for (let i = 0; i < PENDING; i++) {
      this.times[i] = i;
      this.slots[i] = i;
      this.owners.push(new Owner(i + 1));
    }
  }

  /** Does the work once more; returns a number that depends on all of it. */
  run(): number {
    let sum = 0;
    for (let step = 0; step < STEPS; step++) {
      const slot = this.slots[0];
      const happening = { atMs: this.times[0], owner: this.owners[slot] };
      sum = (sum + this.happen(happening)) | 0;
      this.hold(happening.atMs + 1 + (happening.owner.source.next() % 60_000));
      this.row(slot, happening.atMs, happening.owner.account.entries);
    }
    return sum + this.buffer[this.used >> 1];
  }

  private happen({ atMs, owner }: Happening): number {
    let sum = 0;
    for (let count = 0; count < COUNTED; count++) {
      const index = owner.source.next() & (COUNTERS - 1);
      sum += ++this.counters[index];
    }
    owner.account.balance += atMs * 0.25;
    owner.account.entries++;
    owner.history[sum & 3] = owner.fourth;
    owner.fourth = (owner.third + sum) | 0;
    owner.third = owner.second;
    owner.second = owner.first;
    owner.first = sum;
    return owner.fourth;
  }

  /** Puts the first entry back at another time. */
  private hold(atMs: number): void {
    const { times, slots } = this;
    const slot = slots[0];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= PENDING) break;
      if (child + 1 < PENDING && times[child + 1] < times[child]) child++;
      if (times[child] >= atMs) break;
      times[at] = times[child];
      slots[at] = slots[child];
      at = child;
    }
    times[at] = atMs;
    slots[at] = slot;
  }

  private row(slot: number, atMs: number, entries: number): void {
    if (this.used + LONGEST_ROW_BYTES > BUFFER_BYTES) this.used = 0;
    this.digits(slot);
    this.digits(atMs % 86_400_000);
    this.digits(entries);
    this.buffer[this.used++] = 10;
  }

  /** A whole number from 0 to below 2^31, and a comma. */
  private digits(value: number): void {
    const { buffer } = this;
    let length = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) length++;
    let rest = value | 0;
    for (let at = this.used + length - 1; at >= this.used; at--) {
      const quotient = (rest / 10) | 0;
      buffer[at] = 48 + rest - quotient * 10;
      rest = quotient;
    }
    this.used += length;
    buffer[this.used++] = 44;
  }
}
