/**
 * The fleets: the number of trucks of each kind in every region, and their ids.
 *
 * Trucks of a total fixed by the config are distributed over the regions in turn and numbered
 * first. Kinds without a total are sized by region and numbered in steps of the number of regions
 * (region 1 of 5 gets 1, 6, 11 …): so a region's trucks keep their ids whatever happens to the fleets
 * of others, at the cost of gaps where one region has fewer.
 */
import type { Config } from './config.ts';
import { fleetFor } from './fleet.ts';
import { type FleetRegion, KINDS, type Kind } from './fleet-kinds.ts';
import { shortages } from './fleet-shortage.ts';
import { licensePlate } from './license-plate.ts';
import type { Truck } from './world.ts';

const CAPACITY_PALLETS = 26;

/** All trucks by id, and warnings about fleets fixed by the config. */
export interface Fleet {
  readonly trucks: readonly Truck[];
  readonly warnings: readonly string[];
}

export function buildFleet(volume: Config['volume'], regions: readonly FleetRegion[]): Fleet {
  const warnings: string[] = [];
  const needs = regions.map(({ demand }) => fleetFor(demand));
  const trucks: Truck[] = [];
  for (const kind of KINDS) {
    const total = volume[kind.setting];
    if (total === null) continue;
    const dealt = atLeastOneEach(total, kind, regions.length, warnings);
    for (let index = 0; index < dealt; index++) {
      trucks.push(truck(trucks.length + 1, kind, regions[index % regions.length], volume));
    }
  }
  const fixed = trucks.length;
  for (const [index, region] of regions.entries()) {
    const kinds = KINDS.filter(({ setting }) => volume[setting] === null);
    const own = kinds.flatMap((kind) => Array<Kind>(needs[index][kind.kind]).fill(kind));
    for (const [number, kind] of own.entries()) {
      trucks.push(truck(fixed + index + 1 + number * regions.length, kind, region, volume));
    }
  }
  trucks.sort((a, b) => a.id - b.id);
  warnings.push(...shortages(volume, regions, needs, trucks));
  return { trucks, warnings };
}

function truck(id: number, kind: Kind, region: FleetRegion, volume: Config['volume']): Truck {
  return {
    id,
    licensePlate: licensePlate(id, region.state),
    refrigerated: kind.refrigerated,
    dcId: kind.supplier ? 0 : region.dc.id,
    regionId: region.dc.id,
    capacityUnits: volume.truck_capacity,
    capacityPallets: CAPACITY_PALLETS,
  };
}

/** Without a refrigerated truck, a region could never move its cold goods. */
function atLeastOneEach(total: number, kind: Kind, regions: number, warnings: string[]): number {
  if (!kind.refrigerated || total >= regions) return total;
  warnings.push(
    `volume.${kind.setting} is ${total} for ${regions} regions: using ${regions}, one for each, because refrigerated goods need a refrigerated truck.`,
  );
  return regions;
}
