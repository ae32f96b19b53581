/** Stock of the tiny world: keeps balances, and writes what the double entry asks for. */
import { PRIORITY, REASON, SOURCE } from '../../src/domain/values.ts';
import type { TinyFiles } from './tiny-files.ts';
import { OPENING, PRODUCTS } from './tiny-masters.ts';

/** A store or a distribution center: `S1`, `D1`. */
export type Node = string;

interface Stock {
  onHand: number;
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
        this.stocks.set(`${node}/${index + 1}`, { onHand, onOrder: 0, committed: 0, point });
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
  ): void {
    const stock = this.of(node, productId);
    const before = stock.onHand;
    stock.onHand += qtyDelta;
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
    if (node.startsWith('S')) this.files.fact('store_inventory_txn', { ...row, storeId: nodeId });
    else this.files.fact('dc_inventory_txn', { ...row, dcId: nodeId });
    if (stock.onHand === 0) {
      const place = node.startsWith('S') ? { storeId: nodeId } : { dcId: nodeId };
      this.files.fact('stockouts', {
        traceId,
        eventMs: atMs,
        ...place,
        productId,
        lastKnownQuantity: before,
      });
    }
  }

  /** Orders what has a position at or below its reorder point; stores order from `dcId`. Returns units by product. */
  review(atMs: number, node: Node, dcId: number, orderRef: number): Map<number, number> {
    const ordered = new Map<number, number>();
    for (const { id: productId, casePack } of PRODUCTS) {
      const stock = this.of(node, productId);
      const position = stock.onHand + stock.onOrder - stock.committed;
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
        currentQuantity: stock.onHand,
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
    for (const [key, { onHand, onOrder }] of this.stocks) {
      const [node, productId] = key.split('/');
      this.files.closingRow(node.startsWith('S') ? 'store_stock' : 'dc_stock', {
        nodeId: Number(node.slice(1)),
        productId: Number(productId),
        onHand,
        onOrder,
      });
    }
  }
}

function urgency({ onHand, point }: Stock): number {
  if (onHand === 0) return PRIORITY.urgent;
  return onHand * 2 < point ? PRIORITY.high : PRIORITY.normal;
}
