/**
 * The stock of one node (store or distribution center), kept in units per product.
 *
 * Double entry: every change of `onHand` is a row in the node's inventory table with its balance.
 * `held` units are on hand but reserved: in a cart, for an online order, or for a load.
 */
import { NULL } from '../domain/columns.ts';
import type { FactScratch, FactSink } from '../domain/facts.ts';
import type { Sections } from '../domain/plain-data.ts';
import { REASON, SOURCE } from '../domain/values.ts';
import type { OpeningStock } from '../world/world.ts';
import type { SavedState } from './state.ts';

export class StockLedger {
  readonly onHand: Int32Array<ArrayBuffer>;
  readonly held: Int32Array<ArrayBuffer>;
  /** Ordered from upstream and not yet received. */
  readonly onOrder: Int32Array<ArrayBuffer>;
  /** Promised to online orders and not yet picked; part of `held`. */
  readonly committed: Int32Array<ArrayBuffer>;
  /** Present reorder point; estimated again at each review, never below the least one. */
  readonly reorderPoint: Int32Array<ArrayBuffer>;
  readonly leastReorderPoint: Int32Array;
  /** Exponentially smoothed demand of the mean day of the year without offers, units a day. */
  readonly forecast: Float64Array<ArrayBuffer>;
  /** Units demanded from the node since the last review. */
  readonly demandToday: Int32Array<ArrayBuffer>;
  /** 1 if the node carries the product. */
  readonly carried: Uint8Array;
  /** TraceId of the stockout of each product (index) that is out of stock now. */
  private readonly emptiedBy = new Map<number, number>();
  private readonly atStore: boolean;
  private readonly nodeId: number;
  private readonly facts: FactSink;
  private readonly scratch: FactScratch;

  constructor(options: {
    atStore: boolean;
    nodeId: number;
    facts: FactSink;
    scratch: FactScratch;
    opening: Pick<
      OpeningStock,
      'units' | 'reorderPoint' | 'leastReorderPoint' | 'forecast' | 'demandToday'
    >;
  }) {
    const { opening } = options;
    const count = opening.units.length;
    this.atStore = options.atStore;
    this.nodeId = options.nodeId;
    this.facts = options.facts;
    this.scratch = options.scratch;
    this.onHand = new Int32Array(count);
    this.held = new Int32Array(count);
    this.onOrder = new Int32Array(count);
    this.committed = new Int32Array(count);
    this.forecast = Float64Array.from(opening.forecast);
    this.demandToday = Int32Array.from(opening.demandToday);
    this.carried = new Uint8Array(count);
    this.leastReorderPoint = opening.leastReorderPoint;
    this.reorderPoint = Int32Array.from(opening.reorderPoint);
    for (let index = 0; index < count; index++) {
      if (opening.units[index] < 0) continue;
      this.carried[index] = 1;
      this.onHand[index] = opening.units[index];
    }
  }

  /** Returns the units on hand that are not reserved. */
  available(index: number): number {
    return this.onHand[index] - this.held[index];
  }

  /** Returns the inventory position: on hand plus on order minus committed. */
  position(index: number): number {
    return this.onHand[index] + this.onOrder[index] - this.committed[index];
  }

  /**
   * Moves stock and records it; a balance that falls to zero is a stockout.
   * @param reason index into STOCK_REASONS
   * @param source index into STOCK_SOURCES
   */
  // biome-ignore lint/complexity/useMaxParams: called for each unit that moves, the most frequent call of all
  move(
    atMs: number,
    index: number,
    delta: number,
    reason: number,
    source: number,
    traceId: number,
  ): void {
    const before = this.onHand[index];
    const balance = before + delta;
    if (balance < 0 || delta === 0) {
      throw new Error(
        `Cannot move ${delta} units of product ${index + 1} at ${this.atStore ? 'store' : 'DC'} ${this.nodeId}: ${before} on hand`,
      );
    }
    this.onHand[index] = balance;
    if (this.atStore) {
      const row = this.scratch.store_inventory_txn;
      row.traceId = traceId;
      row.eventMs = atMs;
      row.storeId = this.nodeId;
      row.productId = index + 1;
      row.qtyDelta = delta;
      row.reason = reason;
      row.source = source;
      row.balance = balance;
      this.facts.store_inventory_txn(row);
    } else {
      const row = this.scratch.dc_inventory_txn;
      row.traceId = traceId;
      row.eventMs = atMs;
      row.dcId = this.nodeId;
      row.productId = index + 1;
      row.qtyDelta = delta;
      row.reason = reason;
      row.source = source;
      row.balance = balance;
      this.facts.dc_inventory_txn(row);
    }
    if (balance === 0) {
      this.emptiedBy.set(index, traceId);
      this.recordStockout(atMs, index, before, traceId);
    } else if (before === 0) {
      this.emptiedBy.delete(index);
    }
  }

  /** Number of products that ran out of stock. */
  get outOfStock(): number {
    return this.emptiedBy.size;
  }

  /** Returns the TraceId of the stockout of a product; NULL if it is in stock, or never was. */
  emptiedByTrace(index: number): number {
    return this.emptiedBy.get(index) ?? NULL;
  }

  private recordStockout(atMs: number, index: number, before: number, traceId: number): void {
    const row = this.scratch.stockouts;
    row.traceId = traceId;
    row.eventMs = atMs;
    row.storeId = this.atStore ? this.nodeId : NULL;
    row.dcId = this.atStore ? NULL : this.nodeId;
    row.productId = index + 1;
    row.lastKnownQuantity = before;
    this.facts.stockouts(row);
  }

  /** Called when goods ordered from upstream arrive with a shipment. */
  receive(atMs: number, index: number, units: number, shipmentId: number): void {
    this.onOrder[index] -= units;
    this.move(atMs, index, units, REASON.inbound, SOURCE.shipment, shipmentId);
  }

  /** @param name prefix of the sections' names */
  save(name: string): Sections {
    const sections: Sections = {};
    for (const [column, values] of this.columns()) sections[`${name}/${column}`] = values;
    sections[`${name}/stockouts`] = [...this.emptiedBy];
    return sections;
  }

  restore(saved: SavedState, name: string): void {
    for (const [column, values] of this.columns()) {
      values.set(saved.array<Float64Array<ArrayBuffer>>(`${name}/${column}`));
    }
    for (const [index, traceId] of saved.json<[number, number][]>(`${name}/stockouts`)) {
      this.emptiedBy.set(index, traceId);
    }
  }

  private columns(): [string, Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>][] {
    return [
      ['onHand', this.onHand],
      ['held', this.held],
      ['onOrder', this.onOrder],
      ['committed', this.committed],
      ['reorderPoint', this.reorderPoint],
      ['forecast', this.forecast],
      ['demandToday', this.demandToday],
    ];
  }
}
