/**
 * Units a day that a store or a distribution center is expected to be asked for of each product on the mean day of the
 * year, without offers: the initial values of the forecasts, and what the opening stock is measured by.
 *
 * A product that is not launched yet has the demand that it will have then.
 */
import { DEPARTMENTS, FULFILLMENT } from '../domain/values.ts';
import { exp } from '../engine/elementary.ts';
import { MODE_SHARES } from '../policy/fulfillment.ts';
import { PART_DAYS } from '../policy/household-repertoire.ts';
import { DEPARTMENT_MIX, MISSION } from '../policy/missions.ts';
import { baselinePurchaseRates } from './advertising.ts';
import { departmentLineShares, expectedConversion } from './demand-mix.ts';
import { LINES_PER_ONLINE_ORDER, UNITS_PER_LINE } from './fleet.ts';
import type { RegionPlan, Store, WorldData } from './world.ts';

/** A household takes about five lines in eight from what it notices, one part in four of the assortment: 0.62 × 4. */
const TRIED = 2.5;

type DemandWorld = Pick<WorldData, 'config' | 'products' | 'startMs'>;
type DemandRegion = Pick<RegionPlan, 'stores' | 'customerCount' | 'customerShare'>;

/** Returns units a day of a store, by product index. @param carried 1 for each product that the store carries */
export function storeDemand(
  world: DemandWorld,
  region: DemandRegion,
  store: Store,
  carried: Uint8Array,
): Float64Array {
  const lines =
    store.visitsPerDay *
    expectedConversion(baselinePurchaseRates(world.config)) *
    world.config.volume.items_per_ticket_mean;
  const inStore = departmentLineShares();
  const visits = region.stores.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0);
  const online =
    onlineLines(world, region) *
    (MODE_SHARES[FULFILLMENT.shipFromStore] + MODE_SHARES[FULFILLMENT.bopis]) *
    (store.visitsPerDay / visits);
  const linesOf = DEPARTMENTS.map(
    (_, department) =>
      lines * inStore[department] + online * DEPARTMENT_MIX[MISSION.family][department],
  );
  return spread(linesOf, carried, world, region);
}

/** Returns units a day of online orders from the DC of a region, by product index. */
export function dcOnlineDemand(world: DemandWorld, region: DemandRegion): Float64Array {
  const online = onlineLines(world, region) * MODE_SHARES[FULFILLMENT.shipFromDc];
  const linesOf = DEPARTMENTS.map(
    (_, department) => online * DEPARTMENT_MIX[MISSION.family][department],
  );
  const everything = new Uint8Array(world.products.count).fill(1);
  return spread(linesOf, everything, world, region);
}

/** Lines a day that the customers of a region order online. */
function onlineLines({ config }: DemandWorld, { customerShare }: DemandRegion): number {
  return config.volume.online_orders_per_day * customerShare * LINES_PER_ONLINE_ORDER;
}

/**
 * Spreads the lines of each department over the products that are carried. Demand follows popularity, but less and less: a
 * household that has tried a product does not try it again for a while, and puts it on a list once. So a product is
 * wanted by the share 1 − e^(−n·p) of those who take n products of popularity p among them in that time.
 */
function spread(
  linesOf: readonly number[],
  carried: Uint8Array,
  world: DemandWorld,
  region: DemandRegion,
): Float64Array {
  const { count, department, popularity, launchMs } = world.products;
  // Shoppers choose only among the products that the node carries.
  const appeal = new Float64Array(DEPARTMENTS.length);
  const isSold = (product: number) => carried[product] === 1 && launchMs[product] <= world.startMs;
  for (let product = 0; product < count; product++) {
    if (isSold(product)) appeal[department[product]] += popularity[product];
  }
  const tried = triedByHousehold(world, region);
  const demand = new Float64Array(count);
  const total = new Float64Array(DEPARTMENTS.length);
  for (let product = 0; product < count; product++) {
    if (carried[product] === 0) continue;
    const within = department[product];
    const rivals = appeal[within] + (isSold(product) ? 0 : popularity[product]);
    demand[product] = 1 - exp((-tried[within] * popularity[product]) / rivals);
    if (isSold(product)) total[within] += demand[product];
  }
  for (let product = 0; product < count; product++) {
    if (carried[product] === 0) continue;
    const within = department[product];
    const all = total[within] + (isSold(product) ? 0 : demand[product]);
    demand[product] *= (linesOf[within] * UNITS_PER_LINE) / all;
  }
  return demand;
}

/** Lines of a household by department in the time in which it does not try a product again. */
function triedByHousehold({ config }: DemandWorld, region: DemandRegion): number[] {
  const visits = region.stores.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0);
  const receipts = visits * expectedConversion(baselinePurchaseRates(config));
  const lines =
    (receipts * config.volume.items_per_ticket_mean) / Math.max(1, region.customerCount);
  return departmentLineShares().map((share) => lines * PART_DAYS * TRIED * share);
}
