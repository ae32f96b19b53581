/**
 * The shelves of a store when the world opens: what each holds, what lies on it, and what the store's record says of
 * its stock. A pure function of world and store.
 */
import { purposeKey, Substream } from '../engine/substream.ts';
import { poisson } from '../engine/variates.ts';
import { shelfCapacity } from '../policy/shelves.ts';
import {
  ANY_PRODUCT_SHARE,
  COUNT_DAYS,
  countClass,
  LOSS_SHARE,
  MISCOUNT_CASE_CHANCE,
  MISCOUNT_CHANCE,
  MISSCAN_CHANCE,
  SEEN_DAMAGE_SHARE,
  THEFT_SHARE,
} from '../policy/stock-records.ts';
import type { OpeningShelves, OpeningStock, Store, WorldData } from './world.ts';

const RECORDS = purposeKey('stock', 'records');
const UNITS_PER_LINE = 1.32;

/** Returns the opening shelves of a store with the given opening stock. */
export function openingShelves(
  world: Pick<WorldData, 'seed' | 'products'>,
  store: Store,
  stock: OpeningStock,
): OpeningShelves {
  const { casePack } = world.products;
  const { units: onHand, forecast } = stock;
  // What is not launched yet has its shelf already.
  const perDay = stock.demand.map((demand, index) => demand || forecast[index]);
  const capacity = new Int32Array(onHand.length);
  const units = new Int32Array(onHand.length);
  const recorded = new Int32Array(onHand.length);
  const stream = Substream.of(world.seed, RECORDS, store.id);
  let carried = 0;
  let total = 0;
  for (let index = 0; index < onHand.length; index++) {
    if (onHand[index] < 0) continue;
    carried++;
    total += perDay[index];
  }
  const meanPerDay = total / Math.max(1, carried);
  for (let index = 0; index < onHand.length; index++) {
    if (onHand[index] < 0) continue;
    capacity[index] = shelfCapacity(perDay[index], casePack[index]);
    units[index] = Math.min(capacity[index], onHand[index]);
    const interval = COUNT_DAYS[countClass(perDay[index] / meanPerDay)];
    const days = interval * stream.unit();
    const lost = days * lossBase(perDay[index], meanPerDay);
    const sold = days * perDay[index];
    recorded[index] = onHand[index] + drawDeviation(stream, { sold, lost }, casePack[index]);
  }
  return { capacity, units, recorded };
}

/** Units that a product loses unseen in a day, if it sells `perDay` and the mean product of its store `meanPerDay`. */
function lossBase(perDay: number, meanPerDay: number): number {
  const unseenShare = THEFT_SHARE + (1 - THEFT_SHARE) * (1 - SEEN_DAMAGE_SHARE);
  const hit = ANY_PRODUCT_SHARE * meanPerDay + (1 - ANY_PRODUCT_SHARE) * perDay;
  return hit * LOSS_SHARE * unseenShare;
}

/** Draws by how much a record is off, units. @param since units expected to be sold, and lost, since the last count */
function drawDeviation(
  stream: Substream,
  since: { readonly sold: number; readonly lost: number },
  casePack: number,
): number {
  const { sold } = since;
  const lost = poisson(stream, since.lost);
  const slips = (sold * MISSCAN_CHANCE) / UNITS_PER_LINE;
  const scanned = poisson(stream, slips) - poisson(stream, slips);
  const miscounts = poisson(stream, (sold / casePack) * MISCOUNT_CHANCE * MISCOUNT_CASE_CHANCE);
  return lost + scanned + miscounts * casePack * (stream.chance(0.5) ? 1 : -1);
}
