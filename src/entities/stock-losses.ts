/** Losses of a store's goods: what is stolen or broken on the sales floor, seen or unseen. */
import { REASON, RECORD_ERROR, SOURCE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { poisson } from '../engine/variates.ts';
import { DEPARTMENT_SHARES } from '../policy/departments.ts';
import {
  ANY_PRODUCT_SHARE,
  LOSS_SHARE,
  SECOND_UNIT_CHANCE,
  SEEN_DAMAGE_SHARE,
  THEFT_SHARE,
} from '../policy/stock-records.ts';
import type { Merchandise } from './merchandise.ts';
import type { Clock, Setting } from './services.ts';
import type { StoreIds } from './store-ids.ts';
import type { StoreStock } from './store-stock.ts';

/** Draws of goods that are not there before the rest is not lost. */
const MOST_MISSES = 20;

/** The parts of a store that its losses touch. */
export interface LosingStore {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly stock: StoreStock;
  readonly merchandise: Merchandise;
  readonly clerks: Substream;
  /** Units sold and not yet followed by losses. */
  unitsSold: number;
  readonly ids: StoreIds;
  refreshDemand(): void;
}

/** Loses goods in proportion to what was sold since the last call. */
export function loseGoods(store: LosingStore): void {
  const { stock, clerks, region } = store;
  const share = LOSS_SHARE * region.effects.shrink(store.master.id, region.nowMs);
  let units = poisson(clerks, store.unitsSold * share);
  store.unitsSold = 0;
  if (units === 0) return;
  store.refreshDemand();
  for (let misses = 0; units > 0 && misses < MOST_MISSES; ) {
    const product = lostProduct(store);
    const qty = units > 1 && clerks.chance(SECOND_UNIT_CHANCE) ? 2 : 1;
    if (product < 0 || stock.carried[product] === 0 || stock.onShelf(product) < qty) {
      misses++;
      continue;
    }
    lose(store, product, qty);
    units -= qty;
  }
}

/** Draws a product (index) that is lost, or -1. */
function lostProduct({ stock, clerks, merchandise }: LosingStore): number {
  if (clerks.chance(ANY_PRODUCT_SHARE)) return clerks.below(stock.carried.length);
  return merchandise.drawProduct(clerks.weighted(DEPARTMENT_SHARES, 1), clerks);
}

function lose(store: LosingStore, product: number, qty: number): void {
  const { stock, clerks, region } = store;
  const { nowMs } = region;
  const traceId = store.ids.nextAdjustment();
  const stolen = clerks.chance(THEFT_SHARE);
  const reason = stolen ? REASON.lost : REASON.damaged;
  if (!stolen && clerks.chance(SEEN_DAMAGE_SHARE)) {
    stock.move(nowMs, product, -qty, reason, SOURCE.count, traceId);
    return;
  }
  stock.move(nowMs, product, -qty, reason, SOURCE.floor, traceId);
  const kind = stolen ? RECORD_ERROR.theft : RECORD_ERROR.damage;
  stock.recordError(nowMs, product, { deviation: qty, kind, traceId });
}
