/**
 * Small records of numbers that wait for their time, in one growing typed array.
 *
 * A record is named by its slot, which travels as plain data in a scheduled event and survives a
 * checkpoint. Freed slots are used again, so memory follows the number of waiting records.
 */
export class SlotPool {
  private readonly width: number;
  private data: Float64Array;
  private used = 0;
  private readonly free: number[] = [];

  constructor(width: number) {
    this.width = width;
    this.data = new Float64Array(width * 64);
  }

  /** Stores a record of `width` numbers, returns its slot. */
  add(...values: number[]): number {
    let slot = this.free.pop();
    if (slot === undefined) {
      slot = this.used++;
      if (this.used * this.width > this.data.length) {
        const grown = new Float64Array(this.data.length * 2);
        grown.set(this.data);
        this.data = grown;
      }
    }
    this.data.set(values, slot * this.width);
    return slot;
  }

  get(slot: number, field: number): number {
    return this.data[slot * this.width + field];
  }

  set(slot: number, field: number, value: number): void {
    this.data[slot * this.width + field] = value;
  }

  release(slot: number): void {
    this.free.push(slot);
  }

  get size(): number {
    return this.used - this.free.length;
  }

  save(): { data: Float64Array; free: Int32Array } {
    return {
      data: this.data.slice(0, this.used * this.width),
      free: Int32Array.from(this.free),
    };
  }

  restore(data: Float64Array, free: Int32Array): void {
    this.used = data.length / this.width;
    this.data = new Float64Array(Math.max(64 * this.width, data.length * 2));
    this.data.set(data);
    this.free.length = 0;
    for (const slot of free) this.free.push(slot);
  }
}
