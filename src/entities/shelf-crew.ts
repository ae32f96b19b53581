/** A store's crew at the shelves: fills them from the backroom, and looks for gaps that the record does not know of. */
import { COUNT_KIND } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS, weekdayOf } from '../engine/time.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { crewSeason } from '../policy/crew-season.ts';
import {
  fillUrgency,
  fillWork,
  hourlyWork,
  lowSeenChance,
  morningWork,
  unitsToFill,
} from '../policy/shelves.ts';
import { countClass, GAP_SEEN_CHANCE, walksOn } from '../policy/stock-records.ts';
import type { Clock, Setting } from './services.ts';
import type { StoreIds } from './store-ids.ts';
import type { StoreStock } from './store-stock.ts';
import { UrgencyQueue } from './urgency-queue.ts';

/** The low shelves of the present round. */
const urgent = new UrgencyQueue();

/** The parts of a store that its crew uses. */
export interface StaffedStore {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly zone: ZoneTime;
  readonly stock: StoreStock;
  readonly clerks: Substream;
  /** Cases that the store sells in a mean day. */
  readonly casesPerDay: number;
  readonly ids: StoreIds;
}

/** Fills shelves before opening. */
export function fillBeforeOpening(store: StaffedStore): void {
  const day = store.zone.localDay(store.region.nowMs);
  fill(store, morningWork(store.casesPerDay * crewSeason(day), weekdayOf(day)));
}

/** Fills shelves for an hour of the day: the work of the hour that ends now. */
export function fillHourly(store: StaffedStore): void {
  const { zone, region } = store;
  const localMs = region.nowMs - 1 + zone.offsetMs(region.nowMs);
  const day = Math.floor(localMs / DAY_MS);
  const hour = Math.floor((localMs - day * DAY_MS) / HOUR_MS);
  fill(store, hourlyWork(store.casesPerDay * crewSeason(day), weekdayOf(day), hour));
}

/** Fills the most urgent shelves, fast goods and empty ones first, as far as the work of the crew goes. */
function fill(store: StaffedStore, work: number): void {
  const { stock, region, clerks } = store;
  const { onHand, shelf, shelfCapacity, forecast, low } = stock;
  const { casePack } = region.world.products;
  urgent.clear();
  for (let product = low.indexOf(1); product >= 0; product = low.indexOf(1, product + 1)) {
    if (!clerks.chance(lowSeenChance(forecast[product]))) continue;
    const urgency = fillUrgency(forecast[product], shelf.at(product), shelfCapacity[product]);
    urgent.add(product, urgency);
  }
  let roundId: number | undefined;
  let left = work * region.effects.shelfFilling(store.master.id, region.nowMs);
  for (let product = urgent.take(); product >= 0; product = urgent.take()) {
    const units = unitsToFill(
      shelf.at(product),
      shelfCapacity[product],
      onHand.at(product) - shelf.at(product),
    );
    left -= fillWork(units, casePack[product]);
    if (left < 0) return;
    roundId ??= store.ids.nextFillRound();
    stock.fill(region.nowMs, product, units, roundId);
  }
}

/**
 * Walks the shelves: some that are empty although the record says that there is stock are noticed, and counted (a
 * zero-balance check). Whatever lies in the backroom is left to the next round of filling.
 */
export function walkShelves(store: StaffedStore): void {
  const { stock, region, clerks, zone } = store;
  if (!walksOn(weekdayOf(zone.localDay(region.nowMs)))) return;
  const { carried, recorded, onHand, forecast } = stock;
  const mean = stock.meanForecast();
  let countId = 0;
  for (let product = 0; product < carried.length; product++) {
    if (carried[product] === 0 || recorded.at(product) === onHand.at(product)) continue;
    if (stock.onShelf(product) > 0 || stock.backroom(product) > 0 || recorded.at(product) <= 0)
      continue;
    if (!clerks.chance(GAP_SEEN_CHANCE[countClass(forecast[product] / mean)])) continue;
    if (countId === 0) countId = store.ids.nextCount();
    stock.count(region.nowMs, product, COUNT_KIND.zeroBalance, countId);
  }
}
