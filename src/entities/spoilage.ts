/**
 * Goods that spoil. Fresh goods go out of date on the shelf, night by night. A scenario lets others spoil, in a store or in a
 * distribution center: a failed cooler, a recall; they are written off hour by hour, and what is lost in part is rounded by
 * a hash, so that no draws of others shift.
 */
import { REASON, SOURCE } from '../domain/values.ts';
import { hashUnit, purposeKey, type Substream } from '../engine/substream.ts';
import { HOUR_MS } from '../engine/time.ts';
import { poisson } from '../engine/variates.ts';
import { spoiledUnits } from '../policy/spoilage.ts';
import type { Clock, Setting } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';
import type { StoreIds } from './store-ids.ts';
import type { StoreStock } from './store-stock.ts';

const STORE = purposeKey('spoilage', 'store');
const DC = purposeKey('spoilage', 'dc');

/** Products of a node have numbers of their own below this one. */
const PRODUCTS = 2 ** 21;

/** The parts of a store in which goods spoil. */
interface SpoilingStore {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly stock: StoreStock;
  readonly ids: StoreIds;
}

/** Writes off what spoils on a store's shelves in an hour; goods in carts are sold before. */
export function spoilGoods(store: SpoilingStore): void {
  const { region, master, stock } = store;
  const { nowMs, seed, effects } = region;
  for (let product = 0; product < stock.carried.length; product++) {
    const there = stock.onShelf(product);
    if (there <= 0) continue;
    const share = effects.spoilage(master.id, product + 1, nowMs);
    if (share === 0) continue;
    const turn = hashUnit(seed, STORE, master.id * PRODUCTS + product, hourOf(nowMs));
    const units = Math.floor(there * share + turn);
    if (units > 0) writeOff(store, product, units);
  }
}

/** Called after closing: staff look at the dates of fresh goods, and write off what is over. */
export function discardSpoiled(
  store: SpoilingStore & {
    readonly region: {
      /** Products (indices) that go out of date. */
      readonly perishables: readonly number[];
    };
    readonly clerks: Substream;
  },
): void {
  const { stock, clerks, region } = store;
  for (const product of region.perishables) {
    const there = stock.onShelf(product);
    if (stock.carried[product] === 0 || there <= 0) continue;
    const units = Math.min(there, poisson(clerks, spoiledUnits(there)));
    if (units > 0) writeOff(store, product, units);
  }
}

function writeOff({ region, stock, ids }: SpoilingStore, product: number, units: number): void {
  const traceId = ids.nextAdjustment();
  stock.move(region.nowMs, product, -units, REASON.damaged, SOURCE.count, traceId);
}

/** The parts of a distribution center in which goods spoil. */
interface SpoilingDc {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly stock: StockLedger;
  nextAdjustmentId(): number;
}

/** Writes off what spoils in a distribution center in an hour; what is picked or promised is gone before. */
export function spoilDcGoods(dc: SpoilingDc): void {
  const { region, master, stock } = dc;
  const { nowMs, seed, effects } = region;
  for (let product = 0; product < stock.onHand.length; product++) {
    const there = stock.available(product);
    if (there <= 0) continue;
    const share = effects.dcSpoilage(master.id, product + 1, nowMs);
    if (share === 0) continue;
    const turn = hashUnit(seed, DC, master.id * PRODUCTS + product, hourOf(nowMs));
    const units = Math.floor(there * share + turn);
    if (units === 0) continue;
    const traceId = dc.nextAdjustmentId();
    stock.move(nowMs, product, -units, REASON.damaged, SOURCE.count, traceId);
  }
}

function hourOf(nowMs: number): number {
  return Math.floor(nowMs / HOUR_MS);
}
