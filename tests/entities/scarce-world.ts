/** A lively network with little stock, so that days without deliveries are felt. */
import type { Config } from '../../src/world/config.ts';
import type { World } from '../../src/world/world.ts';
import { smallWorld } from '../world/fixtures.ts';

export const SCARCE = {
  stores: 4,
  dcs: 2,
  total_products: 400,
  total_customers: 6000,
  customers_per_day: 500,
  store_initial_inventory_max: 60,
  store_reorder_point_max: 20,
  dc_initial_inventory_max: 1000,
} as const;

export function scarceWorld(volume: Partial<Config['volume']> = {}): World {
  return smallWorld({ ...SCARCE, ...volume });
}
