/**
 * The stock of one node (store or distribution center), kept in units per product: what both kinds of nodes share.
 *
 * Double entry: every change of `onHand` is a row in the node's inventory table with its balance.
 * `held` units are on hand but reserved: in a cart, for an online order, or for a load.
 */
import { NULL } from '../domain/columns.ts';
import type { FactScratch, FactSink } from '../domain/facts.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { OpeningStock } from '../world/world.ts';
import { BalanceColumn, balanceColumns } from './balances.ts';
import type { SavedState } from './state.ts';

export interface StockOptions {
  readonly nodeId: number;
  readonly facts: FactSink;
  readonly scratch: FactScratch;
  readonly opening: Pick<
    OpeningStock,
    'units' | 'reorderPoint' | 'leastReorderPoint' | 'forecast' | 'demandToday'
  >;
}

/** What a checkpoint keeps of a node, by product. */
type Column = BalanceColumn | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

export abstract class StockLedger {
  /** Units that are there. */
  readonly onHand: BalanceColumn;
  readonly held: BalanceColumn;
  /** Ordered from upstream and not yet received. */
  readonly onOrder: BalanceColumn;
  /** Promised to online orders and not yet picked; part of `held`. */
  readonly committed: BalanceColumn;
  /** Present reorder point; estimated again at each review, never below the least one. */
  readonly reorderPoint: Int32Array<ArrayBuffer>;
  readonly leastReorderPoint: Int32Array;
  /** Exponentially smoothed demand of the mean day of the year without offers, units a day. */
  readonly forecast: Float64Array<ArrayBuffer>;
  /** Units sold from a store, or asked of a DC, since the last review. */
  readonly demandToday: BalanceColumn;
  /** 1 if the node carries the product. */
  readonly carried: Uint8Array;
  /** TraceId of the stockout of each product (index) that is out of stock now. */
  protected readonly emptiedBy = new Map<number, number>();
  /** Returns another column of balances. */
  protected readonly nextColumn: () => BalanceColumn;
  protected readonly nodeId: number;
  protected readonly facts: FactSink;
  protected readonly scratch: FactScratch;

  constructor({ nodeId, facts, scratch, opening }: StockOptions) {
    const count = opening.units.length;
    this.nodeId = nodeId;
    this.facts = facts;
    this.scratch = scratch;
    const nextColumn = balanceColumns(count);
    this.nextColumn = nextColumn;
    this.onHand = nextColumn();
    this.held = nextColumn();
    this.onOrder = nextColumn();
    this.committed = nextColumn();
    this.demandToday = nextColumn();
    this.demandToday.fill(opening.demandToday);
    this.forecast = Float64Array.from(opening.forecast);
    this.carried = new Uint8Array(count);
    this.leastReorderPoint = opening.leastReorderPoint;
    this.reorderPoint = Int32Array.from(opening.reorderPoint);
    for (let index = 0; index < count; index++) {
      if (opening.units[index] < 0) continue;
      this.carried[index] = 1;
      this.onHand.set(index, opening.units[index]);
    }
  }

  /** Returns the units on hand that are not reserved. */
  available(index: number): number {
    return this.onHand.at(index) - this.held.at(index);
  }

  /** Returns the units on hand as the node knows them. */
  abstract believed(index: number): number;

  /** Returns the inventory position as the node knows it: on hand plus on order minus committed. */
  position(index: number): number {
    return this.believed(index) + this.onOrder.at(index) - this.committed.at(index);
  }

  /**
   * Moves stock and records it.
   * @param reason index into STOCK_REASONS
   * @param source index into STOCK_SOURCES
   */
  abstract move(
    atMs: number,
    index: number,
    delta: number,
    reason: number,
    source: number,
    traceId: number,
  ): void;

  /** Called when goods ordered from upstream arrive with a shipment. */
  abstract receive(atMs: number, index: number, units: number, shipmentId: number): void;

  /** Number of products that ran out of stock: in a store, off the shelf. */
  get outOfStock(): number {
    return this.emptiedBy.size;
  }

  /** Mean forecast of the products that the node carries, units a day; above 0. */
  meanForecast(): number {
    let total = 0;
    let products = 0;
    for (let product = 0; product < this.carried.length; product++) {
      total += this.carried[product] * this.forecast[product];
      products += this.carried[product];
    }
    return Math.max(1e-9, total / Math.max(1, products));
  }

  /** Returns the TraceId of the stockout of a product; NULL if it is in stock, or never was. */
  emptiedByTrace(index: number): number {
    return this.emptiedBy.get(index) ?? NULL;
  }

  /** Adds to the units on hand and returns them. */
  protected change(index: number, delta: number): number {
    const before = this.onHand.at(index);
    const balance = before + delta;
    if (balance < 0 || delta === 0) {
      throw new Error(
        `Cannot move ${delta} units of product ${index + 1} at ${this.nodeName}: ${before} on hand`,
      );
    }
    this.onHand.set(index, balance);
    return balance;
  }

  /** The node as messages call it. */
  protected abstract readonly nodeName: string;

  /** @param name prefix of the sections' names */
  save(name: string): Sections {
    const sections: Sections = {};
    for (const [column, values] of this.columns()) {
      sections[`${name}/${column}`] = values instanceof BalanceColumn ? values.values() : values;
    }
    sections[`${name}/stockouts`] = [...this.emptiedBy];
    return sections;
  }

  restore(saved: SavedState, name: string): void {
    for (const [column, values] of this.columns()) {
      const kept = saved.array<Float64Array<ArrayBuffer>>(`${name}/${column}`);
      if (values instanceof BalanceColumn) values.fill(kept);
      else values.set(kept);
    }
    for (const [index, traceId] of saved.json<[number, number][]>(`${name}/stockouts`)) {
      this.emptiedBy.set(index, traceId);
    }
  }

  /** The columns of a checkpoint by name. */
  protected columns(): [string, Column][] {
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
