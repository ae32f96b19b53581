/** Who comes to a store when an arrival is due. */
import type { Substream } from '../engine/substream.ts';
import { weekdayOf } from '../engine/time.ts';
import { comesAt } from '../policy/household-hours.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import type { Households } from './households.ts';
import { type ChoiceRegion, natureOf } from './product-choice.ts';

/** Customers who are asked, so to say, until one is free and likes to come at this time. */
const CUSTOMER_DRAWS = 12;

/** The parts of a store that the draw of a visitor uses. */
interface AttractingStore {
  readonly region: ChoiceRegion & { readonly households: Households };
  /** Place among the region's stores. */
  readonly index: number;
  readonly zone: ZoneTime;
  readonly arrivals: Substream;
  isFree(patron: number): boolean;
}

/** Draws a free customer (index in the region's patrons) of the store's catchment; -1 if none was met. */
export function drawVisitor(store: AttractingStore): number {
  const { region, arrivals, zone } = store;
  const { nowMs } = region;
  const { patrons, odds } = region.households.catchment(store.index, nowMs);
  const weekday = weekdayOf(zone.localDay(nowMs));
  const hour = Math.floor(zone.localMinute(nowMs) / 60);
  let visitor = -1;
  for (let draw = 0; draw < CUSTOMER_DRAWS; draw++) {
    const patron = patrons[odds.draw(arrivals)];
    if (!store.isFree(patron)) continue;
    visitor = patron;
    if (arrivals.chance(comesAt(natureOf(region, patron), weekday, hour))) break;
  }
  return visitor;
}
