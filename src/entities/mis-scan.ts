/**
 * Slips at the till: an item is scanned as another product of its category, as when three flavours go through as three
 * of one. The receipt shows what the customer bought, at the same price; the record takes it from the other product.
 */
import { RECORD_ERROR } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { MISSCAN_CHANCE } from '../policy/stock-records.ts';
import type { Clock, Setting } from './services.ts';
import type { StoreStock } from './store-stock.ts';

/** The parts of a store that slips at its tills touch. */
export interface ScanningStore {
  readonly region: Clock & Setting & { readonly categoryProducts: readonly Int32Array[] };
  readonly master: { readonly id: number };
  readonly stock: StoreStock;
  readonly clerks: Substream;
}

/** What is in a cart. */
export interface ScannedCart {
  readonly cartCount: number;
  /** Returns the product (index) of a line. */
  cartProduct(line: number): number;
}

/** Draws the line of a cart that is scanned wrong, or -1: at most one of a receipt. */
export function misScannedLine(store: ScanningStore, { cartCount }: ScannedCart): number {
  const chance = MISSCAN_CHANCE * cartCount * recordErrorFactor(store);
  return store.clerks.chance(chance) ? store.clerks.below(cartCount) : -1;
}

/** Factor of scenarios on the chance that a record goes wrong at the till or at receiving. */
export function recordErrorFactor({
  region,
  master,
}: Pick<ScanningStore, 'region' | 'master'>): number {
  const { effects, nowMs } = region;
  return effects.touches.recordErrors ? effects.recordErrors(master.id, nowMs) : 1;
}

/** Draws the product that a line is taken for; -1 if its category has no other that is not in the cart. */
export function takenFor(store: ScanningStore, cart: ScannedCart, product: number): number {
  const { region, stock, clerks } = store;
  const rivals = region.categoryProducts[region.world.products.categoryIndex[product]];
  const rival = rivals[clerks.below(rivals.length)];
  if (stock.carried[rival] === 0) return -1;
  for (let line = 0; line < cart.cartCount; line++) {
    if (cart.cartProduct(line) === rival) return -1;
  }
  return rival;
}

/** Records a slip: the product sold stays in the record, the one that it was taken for leaves it. */
export function recordMisScan(
  store: ScanningStore,
  slip: { readonly sold: number; readonly taken: number; readonly qty: number },
  traceId: number,
): void {
  const { stock, region } = store;
  const { nowMs } = region;
  const kind = RECORD_ERROR.misScan;
  stock.recordError(nowMs, slip.sold, { deviation: slip.qty, kind, traceId });
  stock.recorded.add(slip.taken, -slip.qty);
  stock.recordError(nowMs, slip.taken, { deviation: -slip.qty, kind, traceId });
}
