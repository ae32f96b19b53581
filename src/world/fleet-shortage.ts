/** Warns before the run if a fleet fixed by the config cannot carry the volume. */
import type { Config } from './config.ts';
import { type FleetSize, unitsPerSupplierTruckDay, unitsPerTruckDay } from './fleet.ts';
import { countOf, type FleetRegion, KINDS } from './fleet-kinds.ts';
import type { Truck } from './world.ts';

interface Shortage {
  readonly regionId: number;
  readonly refrigerated: number;
  readonly dry: number;
  readonly carriedUnits: number;
  readonly neededUnits: number;
}

/** Returns a sentence for the trucks to stores and one for the suppliers' trucks, if there are too few. */
export function shortages(
  volume: Config['volume'],
  regions: readonly FleetRegion[],
  needs: readonly FleetSize[],
  trucks: readonly Truck[],
): string[] {
  return [false, true].flatMap((supplier) => {
    const fixed = KINDS.filter(
      (kind) => kind.supplier === supplier && volume[kind.setting] !== null,
    );
    if (fixed.length === 0) return [];
    const short = regions.flatMap((region) => shortageOf(region, trucks, supplier));
    if (short.length === 0) return [];
    const worst = short.reduce((a, b) =>
      b.carriedUnits / b.neededUnits < a.carriedUnits / a.neededUnits ? b : a,
    );
    const remedies = fixed.map(({ kind, setting }) => {
      const enough = Math.max(...needs.map((need) => need[kind])) * regions.length;
      return { setting, enough: Math.max(enough, volume[setting] ?? 0) };
    });
    return [sentence(worst, short.length, regions.length, supplier, remedies)];
  });
}

function shortageOf(
  { dc, demand }: FleetRegion,
  trucks: readonly Truck[],
  supplier: boolean,
): Shortage[] {
  const [refrigerated, dry] = KINDS.filter((kind) => kind.supplier === supplier).map((kind) =>
    countOf(trucks, kind, dc.id),
  );
  const perTruck = supplier ? unitsPerSupplierTruckDay(demand) : unitsPerTruckDay(demand);
  const coldUnits = demand.units * demand.refrigeratedShare;
  // Refrigerated trucks carry dry goods too; dry trucks carry only dry goods.
  const carriedCold = Math.min(coldUnits, refrigerated * perTruck);
  const carriedDry = Math.min(
    demand.units - coldUnits,
    (refrigerated + dry) * perTruck - carriedCold,
  );
  const carriedUnits = carriedCold + carriedDry;
  if (carriedUnits >= demand.units - 1e-6) return [];
  return [{ regionId: dc.id, refrigerated, dry, carriedUnits, neededUnits: demand.units }];
}

function sentence(
  worst: Shortage,
  shortRegions: number,
  regions: number,
  supplier: boolean,
  remedies: readonly { setting: string; enough: number }[],
): string {
  const shown = (units: number) => Math.round(units).toLocaleString('en-US');
  const whose = supplier ? "The suppliers' trucks" : 'The trucks';
  const others = shortRegions === 1 ? '' : `, and ${shortRegions} of ${regions} regions are short`;
  const settings = remedies.map(({ setting, enough }) => `volume.${setting} to ${enough}`);
  return (
    `${whose} of region ${worst.regionId} (${worst.refrigerated} refrigerated, ${worst.dry} dry) carry about ${shown(worst.carriedUnits)} units a day, ` +
    `but the volume needs ${shown(worst.neededUnits)} at a peak${others}: set ${settings.join(' and ')}, or remove ${remedies.length === 1 ? 'it' : 'them'} to size the fleet automatically.`
  );
}
