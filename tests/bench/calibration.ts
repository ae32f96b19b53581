/**
 * A fixed amount of work of the kind that a simulation does, to measure a machine by: entries through a
 * heap in typed arrays, counters in a few megabytes of typed arrays, integers as digits into a buffer.
 *
 * It uses nothing of the project, so that the project's speed can be told in it. Changing it changes the
 * unit: record the ratio again.
 */
const PENDING = 2048;
const COUNTERS = 1 << 20;
const BUFFER_BYTES = 1 << 18;
const LONGEST_ROW_BYTES = 64;
const FIELDS = 6;
/** Of one call; about a tenth of a second. */
const STEPS = 500_000;

export class Calibration {
  private readonly times = new Float64Array(PENDING);
  private readonly owners = new Int32Array(PENDING);
  private readonly counters = new Int32Array(COUNTERS);
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private used = 0;
  private random = 1;

  constructor() {
    for (let i = 0; i < PENDING; i++) {
      this.times[i] = i;
      this.owners[i] = i;
    }
  }

  /** Does the work once more; returns a number that depends on all of it. */
  run(): number {
    let sum = 0;
    for (let step = 0; step < STEPS; step++) {
      const owner = this.owners[0];
      const atMs = this.times[0];
      this.hold(atMs + 1 + (this.next() % 60_000));
      for (let field = 0; field < FIELDS; field++) {
        const index = (this.next() + owner) & (COUNTERS - 1);
        this.counters[index] += field;
        sum = (sum + this.counters[index]) | 0;
      }
      this.row(owner, atMs);
    }
    return sum + this.buffer[this.used >> 1];
  }

  /** Xorshift: the same on every machine. */
  private next(): number {
    let x = this.random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.random = x;
    return x >>> 1;
  }

  /** Puts the first entry back at another time. */
  private hold(atMs: number): void {
    const { times, owners } = this;
    const owner = owners[0];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= PENDING) break;
      if (child + 1 < PENDING && times[child + 1] < times[child]) child++;
      if (times[child] >= atMs) break;
      times[at] = times[child];
      owners[at] = owners[child];
      at = child;
    }
    times[at] = atMs;
    owners[at] = owner;
  }

  private row(owner: number, atMs: number): void {
    if (this.used + LONGEST_ROW_BYTES > BUFFER_BYTES) this.used = 0;
    this.digits(owner);
    this.digits(atMs % 86_400_000);
    this.digits(this.next() % 100_000);
    this.buffer[this.used++] = 10;
  }

  /** A whole number below 2^31 and a comma. */
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
