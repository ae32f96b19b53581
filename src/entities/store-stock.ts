/**
 * The stock of a store: what is on each shelf, what is in the backroom, and what the store's record says.
 *
 * `onHand` is the truth, shelf and backroom together; goods in carts count as on the shelf until they are paid.
 * Deliveries and goods that come back go to the backroom. Shoppers see the shelf, replenishment sees the record.
 */
import { NULL } from '../domain/columns.ts';
import { REASON, RECORD_ERROR, SOURCE, STOCKOUT_CAUSE } from '../domain/values.ts';
import type { OpeningShelves } from '../world/world.ts';
import { StockLedger, type StockOptions } from './stock-ledger.ts';

/** How a record went wrong. */
interface RecordError {
  /** Units that the record has too many (+) or too few (-). */
  readonly deviation: number;
  /** Index into RECORD_ERRORS. */
  readonly kind: number;
  readonly traceId: number;
}

export class StoreStock extends StockLedger {
  /** Units on the shelf, those in carts included. */
  readonly shelf: Int32Array<ArrayBuffer>;
  /** Units that the shelf holds. */
  readonly shelfCapacity: Int32Array;
  /** Units on hand by the record; below 0 if more was sold than it knew of. */
  readonly recorded: Int32Array<ArrayBuffer>;

  constructor(options: StockOptions & { readonly shelves: OpeningShelves }) {
    super(options);
    const { capacity, units, recorded } = options.shelves;
    this.shelf = Int32Array.from(units);
    this.shelfCapacity = capacity;
    this.recorded = Int32Array.from(recorded);
  }

  believed(index: number): number {
    return this.recorded[index];
  }

  /** Returns the units that a shopper can take from the shelf: in no cart, and not promised to an online order. */
  onShelf(index: number): number {
    const { held, committed } = this;
    const inNoCart = this.shelf[index] - held[index] + committed[index];
    return Math.min(inNoCart, this.onHand[index] - held[index]);
  }

  backroom(index: number): number {
    return this.onHand[index] - this.shelf[index];
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
    const shelfBefore = this.shelf[index];
    const shelfDelta =
      delta > 0 ? 0 : source === SOURCE.online ? -this.picked(index, -delta) : delta;
    const shelfBalance = shelfBefore + shelfDelta;
    if (shelfBalance < 0 || shelfBalance > balance) {
      throw new Error(
        `Cannot take ${-shelfDelta} units of product ${index + 1} from its shelf at ${this.nodeName}: ${shelfBefore} are there, and ${balance} in the store`,
      );
    }
    this.shelf[index] = shelfBalance;
    const recordedBalance = this.recorded[index] + recordedDelta;
    this.recorded[index] = recordedBalance;
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
    const inCarts = this.held[index] - this.committed[index];
    return Math.min(units, this.shelf[index] - inCarts);
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
    this.onOrder[index] -= units;
    const { inbound } = REASON;
    this.move(atMs, index, units, inbound, SOURCE.shipment, shipmentId, units + miscount);
    if (miscount === 0) return;
    const kind = RECORD_ERROR.miscount;
    this.recordError(atMs, index, { deviation: miscount, kind, traceId: shipmentId });
  }

  /** Brings units from the backroom to the shelf. */
  fill(atMs: number, index: number, units: number, roundId: number): void {
    if (this.shelf[index] === 0) this.emptiedBy.delete(index);
    this.shelf[index] += units;
    const row = this.scratch.shelf_fills;
    row.traceId = roundId;
    row.eventMs = atMs;
    row.storeId = this.nodeId;
    row.productId = index + 1;
    row.qty = units;
    row.shelfBalance = this.shelf[index];
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
    row.recorded = this.recorded[index];
    row.counted = this.onHand[index];
    row.deviation = row.counted - row.recorded;
    this.recorded[index] = row.counted;
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
    row.recordedBalance = this.recorded[index];
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
    row.recordedQuantity = this.recorded[index];
    row.onOrderQuantity = this.onOrder[index];
    row.cause = this.causeOf(index);
    this.facts.stockouts(row);
  }

  /** Why an empty shelf is empty, by what would have to happen first: a fill, a count, a delivery, an order. */
  private causeOf(index: number): number {
    if (this.backroom(index) > 0) return STOCKOUT_CAUSE.notFilled;
    if (this.recorded[index] > 0) return STOCKOUT_CAUSE.recordError;
    return this.onOrder[index] > 0 ? STOCKOUT_CAUSE.onOrder : STOCKOUT_CAUSE.notOrdered;
  }

  protected override columns() {
    return [
      ...super.columns(),
      ['shelf', this.shelf] as [string, Int32Array<ArrayBuffer>],
      ['recorded', this.recorded] as [string, Int32Array<ArrayBuffer>],
    ];
  }
}
