/**
 * The customers of a region as shoppers: when each is free for another visit, and the repertoire of each: the
 * products that it buys again, with the day of the last purchase.
 *
 * Customers are addressed by their index in the region. A repertoire holds a bounded number of products, so memory
 * does not grow with time.
 */
import type { Sections } from '../domain/plain-data.ts';
import { mix, type Substream } from '../engine/substream.ts';
import {
  entryChance,
  LARGEST_REPERTOIRE,
  noticePeriod,
  repertoireSize,
} from '../policy/household-repertoire.ts';
import type { SavedState, StatefulPart } from './state.ts';

type ProductColumn = Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Words of 32 marks for what a customer has bought in a period. */
const MARK_WORDS = 4;

const wordOf = (product: number) => (mix(product) >>> 5) % MARK_WORDS;
const bitOf = (product: number) => 1 << (mix(product) & 31);

export interface PatronsOptions {
  readonly firstCustomerId: number;
  /** Nature of each patron's household. */
  readonly natures: Int32Array;
  /** How easily each product enters repertoires (`likingOf`). */
  readonly liking: Float32Array;
}

export class Patrons implements StatefulPart {
  readonly firstCustomerId: number;
  readonly count: number;
  /** End of the last visit plus the time to unpack, epoch ms; Infinity during a visit. */
  readonly freeAtMs: Float64Array<ArrayBuffer>;
  /** Index of the last visited store in the region, -1 before the first visit. */
  readonly lastStore: Int16Array<ArrayBuffer>;
  /** By patron and place in the repertoire: the product, and the day number of its last purchase. */
  private readonly products: ProductColumn;
  private readonly days: Uint16Array<ArrayBuffer>;
  /** Number of products in the repertoire. */
  private readonly known: Uint8Array<ArrayBuffer>;
  /** By patron: marks of the products bought in the period that `periods` numbers. */
  private readonly marks: Int32Array<ArrayBuffer>;
  private readonly periods: Uint16Array<ArrayBuffer>;

  private readonly natures: Int32Array;
  private readonly liking: Float32Array;

  constructor({ firstCustomerId, natures, liking }: PatronsOptions) {
    const count = natures.length;
    this.firstCustomerId = firstCustomerId;
    this.count = count;
    this.natures = natures;
    this.liking = liking;
    this.freeAtMs = new Float64Array(count);
    this.lastStore = new Int16Array(count).fill(-1);
    const slots = count * LARGEST_REPERTOIRE;
    this.products = liking.length < 65_536 ? new Uint16Array(slots) : new Int32Array(slots);
    this.days = new Uint16Array(slots);
    this.known = new Uint8Array(count);
    this.marks = new Int32Array(count * MARK_WORDS);
    this.periods = new Uint16Array(count);
  }

  /** Called when a customer has bought a product: it is part of the repertoire from now on, or may become so. */
  remember(patron: number, product: number, day: number, stream: Substream): void {
    this.tried(patron, product, noticePeriod(this.natures[patron], day));
    const slot = this.slotOf(patron, product);
    if (slot >= 0) this.days[slot] = day;
    else if (this.takesTo(patron, product, stream)) this.learn(patron, product, day, stream);
  }

  /** Draws whether a product that a customer has bought enters the repertoire. */
  takesTo(patron: number, product: number, stream: Substream): boolean {
    return stream.chance(entryChance(this.natures[patron], this.liking[product]));
  }

  /** Puts a product into the repertoire; if it is full, in place of another. */
  learn(patron: number, product: number, day: number, stream: Substream): void {
    const size = repertoireSize(this.natures[patron]);
    const known = this.known[patron];
    const place = known < size ? known : stream.below(size);
    if (known < size) this.known[patron] = known + 1;
    this.products[patron * LARGEST_REPERTOIRE + place] = product;
    this.days[patron * LARGEST_REPERTOIRE + place] = day;
  }

  /** Returns the number of products in a repertoire. */
  knownTo(patron: number): number {
    return this.known[patron];
  }

  /** Whether the customer has probably bought a product in this period: its mark is set, its own or that of another. */
  hasTried(patron: number, product: number, period: number): boolean {
    if (this.periods[patron] !== (period & 0xffff)) return false;
    return (this.marks[patron * MARK_WORDS + wordOf(product)] & bitOf(product)) !== 0;
  }

  /** Whether a product is in the repertoire, or has probably been bought in this period. */
  isUsedTo(patron: number, product: number, period: number): boolean {
    return this.hasTried(patron, product, period) || this.knows(patron, product);
  }

  private tried(patron: number, product: number, period: number): void {
    const first = patron * MARK_WORDS;
    if (this.periods[patron] !== (period & 0xffff)) {
      this.periods[patron] = period & 0xffff;
      this.marks.fill(0, first, first + MARK_WORDS);
    }
    this.marks[first + wordOf(product)] |= bitOf(product);
  }

  /** Draws a slot of the repertoire; -1 if it is empty. */
  recall(patron: number, stream: Substream): number {
    const known = this.known[patron];
    return known === 0 ? -1 : patron * LARGEST_REPERTOIRE + stream.below(known);
  }

  /** Returns the product (index) in a slot. */
  productIn(slot: number): number {
    return this.products[slot];
  }

  /** Returns the day number of the last purchase of the product in a slot. */
  lastDayOf(slot: number): number {
    return this.days[slot];
  }

  /** Whether a product is in the repertoire. */
  knows(patron: number, product: number): boolean {
    return this.slotOf(patron, product) >= 0;
  }

  private slotOf(patron: number, product: number): number {
    const first = patron * LARGEST_REPERTOIRE;
    const end = first + this.known[patron];
    const { products } = this;
    for (let slot = first; slot < end; slot++) if (products[slot] === product) return slot;
    return -1;
  }

  save(): Sections {
    return {
      'patrons/freeAtMs': this.freeAtMs,
      'patrons/lastStore': this.lastStore,
      'patrons/products': this.products,
      'patrons/days': this.days,
      'patrons/known': this.known,
      'patrons/marks': this.marks,
      'patrons/periods': this.periods,
    };
  }

  restore(saved: SavedState): void {
    this.freeAtMs.set(saved.array<Float64Array<ArrayBuffer>>('patrons/freeAtMs'));
    this.lastStore.set(saved.array<Int16Array<ArrayBuffer>>('patrons/lastStore'));
    this.products.set(saved.array<ProductColumn>('patrons/products'));
    this.days.set(saved.array<Uint16Array<ArrayBuffer>>('patrons/days'));
    this.known.set(saved.array<Uint8Array<ArrayBuffer>>('patrons/known'));
    this.marks.set(saved.array<Int32Array<ArrayBuffer>>('patrons/marks'));
    this.periods.set(saved.array<Uint16Array<ArrayBuffer>>('patrons/periods'));
  }
}
