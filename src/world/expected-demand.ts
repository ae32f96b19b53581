/**
 * Units a day that a store or a distribution center is expected to be asked for of each product on the mean day of the
 * year, without offers: the initial values of the forecasts, and what the opening stock is measured by.
 *
 * A product that is not launched yet has the demand that it will have then.
 */
import { DEPARTMENTS, FULFILLMENT } from '../domain/values.ts';
import { exp, ln } from '../engine/elementary.ts';
import { MODE_SHARES } from '../policy/fulfillment.ts';
import { DEPARTMENT_MIX, MISSION } from '../policy/missions.ts';
import { baselinePurchaseRates } from './advertising.ts';
import { departmentLineShares, expectedConversion } from './demand-mix.ts';
import { LINES_PER_ONLINE_ORDER, UNITS_PER_LINE } from './fleet.ts';
import type { RegionPlan, Store, WorldData } from './world.ts';

/** Power of the popularity with which products sell. */
const SELLING_POWER = 0.8;

type DemandWorld = Pick<WorldData, 'config' | 'products' | 'startMs'>;

/** Returns units a day of a store, by product index. @param carried 1 for each product that the store carries */
export function storeDemand(
  world: DemandWorld,
  region: Pick<RegionPlan, 'stores' | 'customerShare'>,
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
  return spread(world, linesOf, carried);
}

/** Returns units a day of online orders from the DC of a region, by product index. */
export function dcOnlineDemand(
  world: DemandWorld,
  region: Pick<RegionPlan, 'customerShare'>,
): Float64Array {
  const online = onlineLines(world, region) * MODE_SHARES[FULFILLMENT.shipFromDc];
  const linesOf = DEPARTMENTS.map(
    (_, department) => online * DEPARTMENT_MIX[MISSION.family][department],
  );
  return spread(world, linesOf, new Uint8Array(world.products.count).fill(1));
}

/** Lines a day that the customers of a region order online. */
function onlineLines(
  { config }: DemandWorld,
  { customerShare }: Pick<RegionPlan, 'customerShare'>,
): number {
  return config.volume.online_orders_per_day * customerShare * LINES_PER_ONLINE_ORDER;
}

/**
 * What a product sells, up to a factor: less than in proportion to its appeal, since households that know it look for
 * others when they try something (measured over generated years).
 */
function sellingWeight(popularity: number): number {
  return popularity > 0 ? exp(SELLING_POWER * ln(popularity)) : 0;
}

/** Spreads the lines of each department over the products that are carried, by how much they sell. */
function spread(
  { products, startMs }: DemandWorld,
  linesOf: readonly number[],
  carried: Uint8Array,
): Float64Array {
  const { count, department, launchMs } = products;
  const weight = products.popularity.map(sellingWeight);
  // Shoppers choose only among the products that the node carries.
  const appeal = new Float64Array(DEPARTMENTS.length);
  for (let product = 0; product < count; product++) {
    if (carried[product] === 1 && launchMs[product] <= startMs) {
      appeal[department[product]] += weight[product];
    }
  }
  const demand = new Float64Array(count);
  for (let product = 0; product < count; product++) {
    if (carried[product] === 0) continue;
    const rivals =
      appeal[department[product]] + (launchMs[product] > startMs ? weight[product] : 0);
    demand[product] = (linesOf[department[product]] * UNITS_PER_LINE * weight[product]) / rivals;
  }
  return demand;
}
