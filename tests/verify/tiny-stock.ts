/** Stock of the tiny world: keeps balances, and writes what the double entry asks for. */
import {
  COUNT_KIND,
  PRIORITY,
  REASON,
  RECORD_ERROR,
  SOURCE,
  STOCKOUT_CAUSE,
} from '../../src/domain/values.ts';
import type { TinyFiles } from './tiny-files.ts';
import { OPENING, PRODUCTS, RECORDED_TOO_MUCH } from './tiny-masters.ts';

/** A store or a distribution center: `S1`, `D1`. */
export type Node = string;

interface Stock {
  onHand: number;
  /** Of a store: units on the shelf, and units on hand by the record. */
  shelf: number;
  recorded: number;
  onOrder: number;
  committed: number;
  readonly point: number;
}

export class TinyStock {
  private readonly files: TinyFiles;
  private readonly stocks = new Map<string, Stock>();

  constructor(files: TinyFiles) {
    this.files = files;
    for (const [node, products] of Object.entries(OPENING)) {
      products.forEach(([onHand, point], index) => {
        const recorded = onHand + (RECORDED_TOO_MUCH[node]?.[index] ?? 0);
        this.stocks.set(`${node}/${index + 1}`, {
          ...{ onHand, shelf: onHand, recorded, onOrder: 0, committed: 0, point },
        });
      });
    }
  }

  of(node: Node, productId: number): Stock {
    return this.stocks.get(`${node}/${productId}`)!;
  }

  move(
    atMs: number,
    node: Node,
    productId: number,
    qtyDelta: number,
    reason: keyof typeof REASON,
    source: keyof typeof SOURCE,
    traceId: number,
    recordedDelta = qtyDelta,
  ): void {
    const stock = this.of(node, productId);
    const inStore = node.startsWith('S');
    const before = inStore ? stock.shelf : stock.onHand;
    const shelfDelta = Math.min(qtyDelta, 0);
    stock.onHand += qtyDelta;
    stock.shelf += shelfDelta;
    stock.recorded += recordedDelta;
    if (stock.onHand < 0)
      throw new Error(`Product ${productId} at ${node} falls to ${stock.onHand}`);
    const nodeId = Number(node.slice(1));
    const row = {
      traceId,
      eventMs: atMs,
      productId,
      qtyDelta,
      reason: REASON[reason],
      source: SOURCE[source],
      balance: stock.onHand,
    };
    if (inStore) {
      this.files.fact('store_inventory_txn', {
        ...row,
        ...{ storeId: nodeId, shelfDelta },
        ...{ shelfBalance: stock.shelf, recordedBalance: stock.recorded },
      });
    } else this.files.fact('dc_inventory_txn', { ...row, dcId: nodeId });
    if (qtyDelta < 0 && (inStore ? stock.shelf : stock.onHand) === 0) {
      const place = inStore
        ? {
            storeId: nodeId,
            backroomQuantity: stock.onHand,
            recordedQuantity: stock.recorded,
          }
        : { dcId: nodeId, recordedQuantity: 0 };
      const isOrdered = stock.onOrder > 0 ? STOCKOUT_CAUSE.onOrder : STOCKOUT_CAUSE.notOrdered;
      const isRecorded = inStore && stock.recorded > 0;
      this.files.fact('stockouts', {
        traceId,
        eventMs: atMs,
        ...place,
        productId,
        lastKnownQuantity: before,
        onOrderQuantity: stock.onOrder,
        cause: isRecorded ? STOCKOUT_CAUSE.recordError : isOrdered,
      });
    }
  }

  /** Fills a shelf of a store from the backroom. */
  fill(atMs: number, storeId: number, productId: number, qty: number, roundId: number): void {
    const stock = this.of(`S${storeId}`, productId);
    stock.shelf += qty;
    this.files.fact('shelf_fills', {
      ...{ traceId: roundId, eventMs: atMs, storeId, productId, qty },
      shelfBalance: stock.shelf,
      backroomBalance: stock.onHand - stock.shelf,
    });
  }

  /** Counts a product of a store. */
  count(
    atMs: number,
    storeId: number,
    productId: number,
    kind: keyof typeof COUNT_KIND,
    countId: number,
  ): void {
    const stock = this.of(`S${storeId}`, productId);
    const { recorded, onHand: counted } = stock;
    stock.recorded = counted;
    this.files.fact('stock_counts', {
      ...{ traceId: countId, eventMs: atMs, storeId, productId, kind: COUNT_KIND[kind] },
      ...{ recorded, counted, deviation: counted - recorded },
    });
  }

  /** Notes that a record went wrong; `changes` unless a movement has brought it about. */
  misrecord(
    atMs: number,
    storeId: number,
    productId: number,
    kind: keyof typeof RECORD_ERROR,
    deviation: number,
    traceId: number,
    changes = false,
  ): void {
    const stock = this.of(`S${storeId}`, productId);
    if (changes) stock.recorded += deviation;
    this.files.fact('record_errors', {
      ...{ traceId, eventMs: atMs, storeId, productId, kind: RECORD_ERROR[kind], deviation },
      recordedBalance: stock.recorded,
    });
  }

  /** Orders what has a position at or below its reorder point; stores order from `dcId`. Returns units by product. */
  review(atMs: number, node: Node, dcId: number, orderRef: number): Map<number, number> {
    const ordered = new Map<number, number>();
    for (const { id: productId, casePack } of PRODUCTS) {
      const stock = this.of(node, productId);
      const known = node.startsWith('S') ? stock.recorded : stock.onHand;
      const position = known + stock.onOrder - stock.committed;
      if (position > stock.point) continue;
      // What sells little is ordered two cases at a time.
      const level = stock.point + (node.startsWith('S') && stock.point < 10 ? 2 * casePack : 90);
      const quantity = Math.ceil((level - position) / casePack) * casePack;
      this.files.fact('reorders', {
        traceId: orderRef,
        eventMs: atMs,
        ...(node.startsWith('S') ? { storeId: Number(node.slice(1)) } : {}),
        dcId,
        productId,
        currentQuantity: known,
        reorderQuantity: quantity,
        reorderPoint: stock.point,
        priority: urgency(stock),
        orderRef,
        inventoryPosition: position,
        orderUpToLevel: level,
      });
      stock.onOrder += quantity;
      if (node.startsWith('S')) this.of(`D${dcId}`, productId).committed += quantity;
      ordered.set(productId, quantity);
    }
    return ordered;
  }

  /** Writes the closing tables. */
  close(): void {
    for (const [key, { onHand, onOrder, shelf, recorded }] of this.stocks) {
      const [node, productId] = key.split('/');
      this.files.closingRow(node.startsWith('S') ? 'store_stock' : 'dc_stock', {
        nodeId: Number(node.slice(1)),
        productId: Number(productId),
        onHand,
        onOrder,
        ...{ shelf, backroom: onHand - shelf, recorded },
      });
    }
  }
}

function urgency({ onHand, point }: Stock): number {
  if (onHand === 0) return PRIORITY.urgent;
  return onHand * 2 < point ? PRIORITY.high : PRIORITY.normal;
}
