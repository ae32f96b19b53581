/**
 * The customers of a region as shoppers: when each is free for another visit, and the latest purchases
 * of each.
 *
 * Customers are addressed by their index in the region. The purchase history is a ring of the latest
 * purchases; drawing from it uniformly is Pólya-urn repeat buying with a finite memory.
 */
import type { Sections } from '../domain/plain-data.ts';
import type { Substream } from '../engine/substream.ts';
import type { SavedState, StatefulPart } from './state.ts';

const MEMORY = 32;

export class Patrons implements StatefulPart {
  readonly firstCustomerId: number;
  readonly count: number;
  /** End of the last visit plus the time to unpack, epoch ms; Infinity during a visit. */
  readonly freeAtMs: Float64Array<ArrayBuffer>;
  /** Index of the last visited store in the region, -1 before the first visit. */
  readonly lastStore: Int16Array<ArrayBuffer>;
  readonly history: Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  readonly bought: Int32Array<ArrayBuffer>;

  constructor(firstCustomerId: number, count: number, productCount: number) {
    this.firstCustomerId = firstCustomerId;
    this.count = count;
    this.freeAtMs = new Float64Array(count);
    this.lastStore = new Int16Array(count).fill(-1);
    this.history =
      productCount < 65_536 ? new Uint16Array(count * MEMORY) : new Int32Array(count * MEMORY);
    this.bought = new Int32Array(count);
  }

  remember(patron: number, product: number): void {
    this.history[patron * MEMORY + (this.bought[patron] % MEMORY)] = product;
    this.bought[patron]++;
  }

  /** Draws a product (index) among the latest purchases; -1 if there are none. */
  recall(patron: number, stream: Substream): number {
    const known = Math.min(this.bought[patron], MEMORY);
    if (known === 0) return -1;
    return this.history[patron * MEMORY + stream.below(known)];
  }

  save(): Sections {
    return {
      'patrons/freeAtMs': this.freeAtMs,
      'patrons/lastStore': this.lastStore,
      'patrons/history': this.history,
      'patrons/bought': this.bought,
    };
  }

  restore(saved: SavedState): void {
    this.freeAtMs.set(saved.array<Float64Array<ArrayBuffer>>('patrons/freeAtMs'));
    this.lastStore.set(saved.array<Int16Array<ArrayBuffer>>('patrons/lastStore'));
    this.history.set(saved.array<Uint16Array<ArrayBuffer>>('patrons/history'));
    this.bought.set(saved.array<Int32Array<ArrayBuffer>>('patrons/bought'));
  }
}
