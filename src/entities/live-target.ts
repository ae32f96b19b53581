/** Products and trucks of a region that a live disruption affects: a function of only the disruption and the region. */
import type { LiveDisruption, LiveTarget } from '../domain/live-disruption.ts';
import { hash32, purposeKey } from '../engine/substream.ts';
import type { Setting } from './services.ts';

const PRODUCTS = purposeKey('live', 'products');
const TRUCKS = purposeKey('live', 'trucks');

/** A region as a target of live disruptions. */
export interface TargetRegion extends Setting {
  /** Whether a supplier delivers to the region's DC. */
  readonly supply: { has(supplierId: number): boolean };
}

/** Whether a disruption affects a region. */
export function concerns(
  region: TargetRegion,
  { dcs, stores, trucks, suppliers }: LiveTarget,
): boolean {
  const { plan, supply } = region;
  if (dcs !== undefined && !dcs.includes(plan.id)) return false;
  if (stores !== undefined && !plan.stores.some(({ id }) => stores.includes(id))) return false;
  if (suppliers !== undefined && !suppliers.some((id) => supply.has(id))) return false;
  if (trucks === undefined) return true;
  return [...plan.trucks, ...plan.supplierTrucks].some(({ id }) => trucks.includes(id));
}

/** Returns the products of a shortage by index, 1 if affected: the same in every region. */
export function hitProducts({ world }: Setting, disruption: LiveDisruption): Uint8Array {
  const { count } = world.products;
  const asked = disruption.target.products ?? Array.from({ length: count }, (_, at) => at + 1);
  const hit = new Uint8Array(count);
  for (const id of share(world.seed, PRODUCTS, disruption, asked)) {
    if (id <= count) hit[id - 1] = 1;
  }
  return hit;
}

/** Returns the ids of the trucks that a breakdown stops: among the named trucks, or the region's own. */
export function hitTrucks({ plan, world }: Setting, disruption: LiveDisruption): number[] {
  const { trucks } = disruption.target;
  const candidates =
    trucks === undefined
      ? plan.trucks
      : [...plan.trucks, ...plan.supplierTrucks].filter(({ id }) => trucks.includes(id));
  const ids = candidates.map(({ id }) => id);
  return share(world.seed, TRUCKS, disruption, ids);
}

/** Returns the number of products that a disruption affects in a region, for its record. */
export function affectedProducts(region: TargetRegion, disruption: LiveDisruption): number {
  const { type, target } = disruption;
  const { products } = region.world;
  if (type === 'inventory_shortage') {
    return hitProducts(region, disruption).reduce((sum, hit) => sum + hit, 0);
  }
  if (type !== 'supplier_delay' || target.suppliers === undefined) return products.count;
  const late = new Set(target.suppliers);
  return products.supplierId.reduce((sum, id) => sum + (late.has(id) ? 1 : 0), 0);
}

/**
 * Draws ids: their share is the severity, and at least one is drawn. A more severe disruption draws all ids of a
 * milder one and more.
 */
function share(
  seed: number,
  key: number,
  { number, severityPercent }: LiveDisruption,
  ids: readonly number[],
): number[] {
  const size = Math.ceil((ids.length * severityPercent) / 100);
  if (size >= ids.length) return [...ids];
  return ids
    .map((id) => ({ id, rank: hash32(seed, key, id, number) >>> 0 }))
    .sort((a, b) => a.rank - b.rank || a.id - b.id)
    .slice(0, size)
    .map(({ id }) => id);
}
