/**
 * The stock of a store: what is on each shelf, what is in the backroom, and what the store's record says.
 *
 * `onHand` is the truth, shelf and backroom together; goods in carts count as on the shelf until they are paid.
 * Deliveries and goods that come back go to the backroom. Shoppers see the shelf, replenishment sees the record.
 */
import { NULL } from '../domain/columns.ts';
import { REASON, RECORD_ERROR, SOURCE, STOCKOUT_CAUSE } from '../domain/values.ts';
import type { OpeningShelves } from '../world/world.ts';
import type { BalanceColumn } from './balances.ts';
import type { SavedState } from './state.ts';
import { StockLedger, type StockOptions } from './stock-ledger.ts';
import { fillPoint } from '../policy/shelves.ts';

/** How a record went wrong. */
interface RecordError {
  /** Units that the record has too many (+) or too few (-). */
  readonly deviation: number;
  /** Index into RECORD_ERRORS. */
  readonly kind: number;
  readonly traceId: number;
}

export interface StoreStockOptions extends StockOptions {
  readonly shelves: OpeningShelves;
  /** Units in a case of each product. */
  readonly casePack: Int32Array;
}

export class StoreStock extends StockLedger {
  /** Units on the shelf, those in carts included. */
  readonly shelf: BalanceColumn;
  /** Units that the shelf holds. */
  readonly shelfCapacity: Int32Array;
  /** 1 if the shelf of a product is to be filled, and can be. */
  readonly low: Uint8Array;
  /** Units on a shelf at which it is filled. */
  private readonly fillPoint: BalanceColumn;
  /** Units on hand by the record; below 0 if more was sold than it knew of. */
  readonly recorded: BalanceColumn;

  constructor(options: StoreStockOptions) {
    super(options);
    const { capacity, units, recorded } = options.shelves;
    this.shelf = this.nextColumn();
    this.shelf.fill(units);
    this.recorded = this.nextColumn();
    this.recorded.fill(recorded);
    this.shelfCapacity = capacity;
    this.fillPoint = this.nextColumn();
    this.fillPoint.fill(capacity.map((units, index) => fillPoint(units, options.casePack[index])));
    this.low = new Uint8Array(capacity.length);
    this.noteLow();
  }

  /** Notes which shelves are low, product by product. */
  private noteLow(): void {
    for (let index = 0; index < this.low.length; index++) this.noteIfLow(index);
  }

  private noteIfLow(index: number): void {
    const units = this.shelf.at(index);
    const isLow = units <= this.fillPoint.at(index) && units < this.onHand.at(index);
    this.low[index] = isLow ? 1 : 0;
  }

  believed(index: number): number {
    return this.recorded.at(index);
  }

  /** Returns the units that a shopper can take from the shelf: in no cart, and not promised to an online order. */
  onShelf(index: number): number {
    const { held, committed } = this;
    const inNoCart = this.shelf.at(index) - held.at(index) + committed.at(index);
    return Math.min(inNoCart, this.onHand.at(index) - held.at(index));
  }

  backroom(index: number): number {
    return this.onHand.at(index) - this.shelf.at(index);
  }

  /**
   * Moves stock and records it; the last unit of a shelf is a stockout. What is sold at the till or lost leaves the
   * shelf; what is picked for an order leaves it as far as it is in no cart, and the backroom for the rest.
   * @param recordedDelta by how much the record changes; not at all by what nobody has seen
   */
  // biome-ignore lint/complexity/useMaxParams: called for each unit that moves, the most frequent call of all
  move(
    atMs: number,
    index: number,
    delta: number,
    reason: number,
    source: number,
    traceId: number,
    recordedDelta = source === SOURCE.floor ? 0 : delta,
  ): void {
    const balance = this.change(index, delta);
    const shelfBefore = this.shelf.at(index);
    const shelfDelta =
      delta > 0 ? 0 : source === SOURCE.online ? -this.picked(index, -delta) : delta;
    const shelfBalance = shelfBefore + shelfDelta;
    if (shelfBalance < 0 || shelfBalance > balance) {
      throw new Error(
        `Cannot take ${-shelfDelta} units of product ${index + 1} from its shelf at ${this.nodeName}: ${shelfBefore} are there, and ${balance} in the store`,
      );
    }
    this.shelf.set(index, shelfBalance);
    const recordedBalance = this.recorded.at(index) + recordedDelta;
    this.recorded.set(index, recordedBalance);
    this.noteIfLow(index);
    const row = this.scratch.store_inventory_txn;
    row.traceId = traceId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.productId = index + 1;
    row.qtyDelta = delta;
    row.reason = reason;
    row.source = source;
    row.balance = balance;
    row.shelfDelta = shelfDelta;
    row.shelfBalance = shelfBalance;
    row.recordedBalance = recordedBalance;
    this.facts.store_inventory_txn(row);
    if (shelfBalance === 0 && shelfDelta < 0) {
      this.recordStockout(atMs, index, shelfBefore, traceId);
    }
  }

  /** Units that a picker takes from the shelf rather than from the backroom. */
  private picked(index: number, units: number): number {
    const inCarts = this.held.at(index) - this.committed.at(index);
    return Math.min(units, this.shelf.at(index) - inCarts);
  }

  receive(atMs: number, index: number, units: number, shipmentId: number): void {
    this.receiveMiscounted(atMs, index, { units, miscount: 0 }, shipmentId);
  }

  /** Receives units of a shipment; the record is told `miscount` units too many (+) or too few (-). */
  receiveMiscounted(
    atMs: number,
    index: number,
    { units, miscount }: { readonly units: number; readonly miscount: number },
    shipmentId: number,
  ): void {
    this.onOrder.add(index, -units);
    const { inbound } = REASON;
    this.move(atMs, index, units, inbound, SOURCE.shipment, shipmentId, units + miscount);
    if (miscount === 0) return;
    const kind = RECORD_ERROR.miscount;
    this.recordError(atMs, index, { deviation: miscount, kind, traceId: shipmentId });
  }

  /** Brings units from the backroom to the shelf. */
  fill(atMs: number, index: number, units: number, roundId: number): void {
    if (this.shelf.at(index) === 0) this.emptiedBy.delete(index);
    this.shelf.add(index, units);
    this.noteIfLow(index);
    const row = this.scratch.shelf_fills;
    row.traceId = roundId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.productId = index + 1;
    row.qty = units;
    row.shelfBalance = this.shelf.at(index);
    row.backroomBalance = this.backroom(index);
    this.facts.shelf_fills(row);
  }

  /** Counts a product and puts its record right. @param kind index into COUNT_KINDS */
  count(atMs: number, index: number, kind: number, countId: number): void {
    const row = this.scratch.stock_counts;
    row.traceId = countId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.productId = index + 1;
    row.kind = kind;
    row.recorded = this.recorded.at(index);
    row.counted = this.onHand.at(index);
    row.deviation = row.counted - row.recorded;
    this.recorded.set(index, row.counted);
    this.facts.stock_counts(row);
  }

  /** Notes that the record went wrong. Called when the record already says what it says by it. */
  recordError(atMs: number, index: number, { deviation, kind, traceId }: RecordError): void {
    const row = this.scratch.record_errors;
    row.traceId = traceId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.productId = index + 1;
    row.kind = kind;
    row.deviation = deviation;
    row.recordedBalance = this.recorded.at(index);
    this.facts.record_errors(row);
  }

  protected get nodeName(): string {
    return `store ${this.nodeId}`;
  }

  private recordStockout(atMs: number, index: number, before: number, traceId: number): void {
    this.emptiedBy.set(index, traceId);
    const row = this.scratch.stockouts;
    row.traceId = traceId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.dcId = NULL;
    row.productId = index + 1;
    row.lastKnownQuantity = before;
    row.backroomQuantity = this.backroom(index);
    row.recordedQuantity = this.recorded.at(index);
    row.onOrderQuantity = this.onOrder.at(index);
    row.cause = this.causeOf(index);
    this.facts.stockouts(row);
  }

  /** Why an empty shelf is empty, by what would have to happen first: a fill, a count, a delivery, an order. */
  private causeOf(index: number): number {
    if (this.backroom(index) > 0) return STOCKOUT_CAUSE.notFilled;
    if (this.recorded.at(index) > 0) return STOCKOUT_CAUSE.recordError;
    return this.onOrder.at(index) > 0 ? STOCKOUT_CAUSE.onOrder : STOCKOUT_CAUSE.notOrdered;
  }

  override restore(saved: SavedState, name: string): void {
    super.restore(saved, name);
    this.noteLow();
  }

  protected override columns() {
    const more = { shelf: this.shelf, recorded: this.recorded };
    return [...super.columns(), ...Object.entries(more)];
  }
}
