/**
 * Small records of numbers for scheduled events, in one growing typed array.
 *
 * A record is identified by its slot. The scheduled event carries the slot as a number, and a checkpoint keeps
 * it. Freed slots are used again, so memory grows only with the number of pending records.
 */
import type { Sections } from '../domain/plain-data.ts';
import type { SavedState } from './state.ts';

export class SlotPool<Field extends string> {
  private readonly fields: readonly Field[];
  private readonly places: ReadonlyMap<Field, number>;
  private data: Float64Array<ArrayBuffer>;
  private used = 0;
  private readonly free: number[] = [];

  /** @param fields in the order in which a checkpoint keeps them */
  constructor(fields: readonly Field[]) {
    this.fields = fields;
    this.places = new Map(fields.map((field, place) => [field, place]));
    this.data = new Float64Array(fields.length * 64);
  }

  /** Stores a record and returns its slot. */
  add(record: Readonly<Record<Field, number>>): number {
    const width = this.fields.length;
    let slot = this.free.pop();
    if (slot === undefined) {
      slot = this.used++;
      if (this.used * width > this.data.length) {
        const grown = new Float64Array(this.data.length * 2);
        grown.set(this.data);
        this.data = grown;
      }
    }
    for (let place = 0; place < width; place++) {
      this.data[slot * width + place] = record[this.fields[place]];
    }
    return slot;
  }

  get(slot: number, field: Field): number {
    return this.data[slot * this.fields.length + (this.places.get(field) as number)];
  }

  release(slot: number): void {
    this.free.push(slot);
  }

  get size(): number {
    return this.used - this.free.length;
  }

  /** @param name prefix of the sections' names */
  save(name: string): Sections {
    return {
      [`${name}/data`]: this.data.slice(0, this.used * this.fields.length),
      [`${name}/free`]: Int32Array.from(this.free),
    };
  }

  restore(saved: SavedState, name: string): void {
    const data = saved.array<Float64Array<ArrayBuffer>>(`${name}/data`);
    const width = this.fields.length;
    this.used = data.length / width;
    this.data = new Float64Array(Math.max(64 * width, data.length * 2));
    this.data.set(data);
    this.free.length = 0;
    for (const slot of saved.array<Int32Array<ArrayBuffer>>(`${name}/free`)) this.free.push(slot);
  }
}
