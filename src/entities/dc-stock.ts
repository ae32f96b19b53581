/** The stock of a distribution center: its records are right, and what is there can be shipped. */
import { NULL } from '../domain/columns.ts';
import { REASON, SOURCE, STOCKOUT_CAUSE } from '../domain/values.ts';
import { StockLedger } from './stock-ledger.ts';

export class DcStock extends StockLedger {
  believed(index: number): number {
    return this.onHand.at(index);
  }

  /** Moves stock and records it; a balance that falls to zero is a stockout. */
  // biome-ignore lint/complexity/useMaxParams: called for each unit that moves
  move(
    atMs: number,
    index: number,
    delta: number,
    reason: number,
    source: number,
    traceId: number,
  ): void {
    const balance = this.change(index, delta);
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
    if (balance === 0) this.recordStockout(atMs, index, -delta, traceId);
    else if (balance === delta) this.emptiedBy.delete(index);
  }

  receive(atMs: number, index: number, units: number, shipmentId: number): void {
    this.onOrder.add(index, -units);
    this.move(atMs, index, units, REASON.inbound, SOURCE.shipment, shipmentId);
  }

  protected get nodeName(): string {
    return `DC ${this.nodeId}`;
  }

  private recordStockout(atMs: number, index: number, before: number, traceId: number): void {
    this.emptiedBy.set(index, traceId);
    const row = this.scratch.stockouts;
    row.traceId = traceId;
    row.eventMs = atMs;
    row.storeId = NULL;
    row.dcId = this.nodeId;
    row.productId = index + 1;
    row.lastKnownQuantity = before;
    row.backroomQuantity = NULL;
    row.recordedQuantity = 0;
    row.onOrderQuantity = this.onOrder.at(index);
    row.cause = this.onOrder.at(index) > 0 ? STOCKOUT_CAUSE.onOrder : STOCKOUT_CAUSE.notOrdered;
    this.facts.stockouts(row);
  }
}
