/** The four kinds of trucks, and the setting that fixes the number of each. */
import type { Config } from './config.ts';
import type { FleetKind, RegionDemand } from './fleet.ts';
import type { DistributionCenter, Truck } from './world.ts';

export interface Kind {
  readonly kind: FleetKind;
  readonly setting: Extract<keyof Config['volume'], `${string}_trucks`>;
  readonly refrigerated: boolean;
  readonly supplier: boolean;
}

export const KINDS: readonly Kind[] = [
  { kind: 'refrigerated', setting: 'refrigerated_trucks', refrigerated: true, supplier: false },
  { kind: 'dry', setting: 'non_refrigerated_trucks', refrigerated: false, supplier: false },
  {
    kind: 'supplierRefrigerated',
    setting: 'supplier_refrigerated_trucks',
    refrigerated: true,
    supplier: true,
  },
  {
    kind: 'supplierDry',
    setting: 'supplier_non_refrigerated_trucks',
    refrigerated: false,
    supplier: true,
  },
];

/** The properties of a region that matter for its trucks. */
export interface FleetRegion {
  readonly dc: DistributionCenter;
  /** State of the center, for license plates. */
  readonly state: string;
  readonly demand: RegionDemand;
}

/** Number of trucks of a kind that work for a region. */
export function countOf(trucks: readonly Truck[], kind: Kind, regionId: number): number {
  return trucks.filter(
    (truck) =>
      truck.regionId === regionId &&
      truck.refrigerated === kind.refrigerated &&
      (truck.dcId === 0) === kind.supplier,
  ).length;
}
