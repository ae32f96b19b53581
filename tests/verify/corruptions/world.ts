/** A small world of the simulation, with something in every table: two regions, a DC that goes down, goods on the road. */
import type { Format } from '../../../src/domain/formats.ts';
import { generate } from '../../../src/library/generate.ts';

export async function writeSmallWorld(
  out: string,
  days = 12,
  formats: readonly Format[] = ['csv'],
): Promise<void> {
  await generate(
    {
      seed: 11,
      volume: {
        stores: 4,
        dcs: 2,
        total_geographies: 12,
        total_customers: 500,
        total_products: 150,
        customers_per_day: 45,
        online_orders_per_day: 12,
        store_initial_inventory_min: 5,
        store_initial_inventory_max: 20,
        store_reorder_point_max: 8,
        dc_initial_inventory_min: 60,
        dc_initial_inventory_max: 200,
      },
      scenarios: ['disruption'],
    },
    { out, from: '2024-03-04', days, workers: 1, formats },
  );
}
