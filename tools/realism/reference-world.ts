/** The world that docs/realism.md measures: enough stores for households to choose from, and few enough for a year of it. */
import { calibratedCustomers } from '../../src/world/presets.ts';

const STORES = 6;
const VISITS_PER_STORE = 800;

/** As in a config file: a region of six stores with the customers for their visits, and the targets' share of orders. */
export const REFERENCE_WORLD = {
  volume: {
    stores: STORES,
    dcs: 1,
    total_geographies: 40,
    total_customers: calibratedCustomers(STORES * VISITS_PER_STORE),
    total_products: 10_000,
    customers_per_day: VISITS_PER_STORE,
    online_orders_per_day: 310,
  },
} as const;
