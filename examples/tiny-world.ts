/** A world that is made in a moment: what the examples have in common. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const TINY = {
  seed: 7,
  volume: {
    stores: 2,
    dcs: 1,
    total_geographies: 5,
    total_customers: 400,
    total_products: 200,
    customers_per_day: 60,
    online_orders_per_day: 10,
  },
} as const;

/** A folder for a world, and how to remove it. */
export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'synthetic-retail-'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
