/** A store's cycle counts: every night some products are counted, those that sell most most often. */
import { COUNT_KIND } from '../domain/values.ts';
import { hash32, purposeKey } from '../engine/substream.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { COUNT_DAYS, countClass } from '../policy/stock-records.ts';
import type { Clock, Setting } from './services.ts';
import type { StoreIds } from './store-ids.ts';
import type { StoreStock } from './store-stock.ts';

const TURN = purposeKey('store', 'countTurn');

/** The parts of a store that are counted. */
export interface CountedStore {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly zone: ZoneTime;
  readonly stock: StoreStock;
  readonly ids: StoreIds;
}

/** Counts the products whose turn it is today, and those whose record has fallen below nothing. */
export function countByCycle(store: CountedStore): void {
  const { region, stock, master } = store;
  const { carried, forecast, recorded } = stock;
  const day = store.zone.localDay(region.nowMs);
  const mean = stock.meanForecast();
  let countId = 0;
  for (let product = 0; product < carried.length; product++) {
    if (carried[product] === 0) continue;
    const days = COUNT_DAYS[countClass(forecast[product] / mean)];
    const turn = (hash32(region.seed, TURN, master.id, product) >>> 0) % days;
    if (day % days !== turn && recorded.at(product) >= 0) continue;
    if (countId === 0) countId = store.ids.nextCount();
    stock.count(region.nowMs, product, COUNT_KIND.cycle, countId);
  }
}
