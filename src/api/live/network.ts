/** Reads the network of the world in a folder from its master files. */
import type { DimensionName } from '../../domain/dimensions.ts';
import { formatInstant } from '../../engine/time.ts';
import { type Manifest, readManifest } from '../../store/manifest.ts';
import { readMaster } from '../../store/read-master.ts';
import type { WorldPaths } from '../../store/paths.ts';
import type { Network } from '../shapes/live.ts';

export const NO_NETWORK: Network = { world: null, dcs: [], stores: [], trucks: [] };

type Record_ = Readonly<Record<string, string>>;

/** Returns the network; an empty one if there is no world, or while its masters are being written. */
export function readNetwork(paths: WorldPaths): Network {
  const manifest = readManifest(paths.manifest);
  if (manifest === undefined) return NO_NETWORK;
  try {
    const table = (name: DimensionName) => readMaster(paths.master, name);
    return networkOf(manifest, {
      geographies: table('geographies_master'),
      dcs: table('distribution_centers'),
      stores: table('stores'),
      trucks: table('trucks'),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_NETWORK;
    throw error;
  }
}

interface Tables {
  readonly geographies: readonly Record_[];
  readonly dcs: readonly Record_[];
  readonly stores: readonly Record_[];
  readonly trucks: readonly Record_[];
}

function networkOf(manifest: Manifest, { geographies, dcs, stores, trucks }: Tables): Network {
  const towns = new Map(geographies.map((town) => [town.ID, town]));
  const placeOf = (row: Record_, name: string) => {
    const town = towns.get(row.GeographyID);
    const [lat, lon] = [Number(row.Latitude), Number(row.Longitude)];
    return { name, city: town?.City ?? '', state: town?.State ?? '', lat, lon };
  };
  const volume = (key: string) => Number(manifest.config[`volume.${key}`] ?? 0);
  return {
    world: {
      seed: manifest.seed,
      start: formatInstant(manifest.startMs),
      stores: stores.length,
      dcs: dcs.length,
      trucks: trucks.length,
      customers: volume('total_customers'),
      products: volume('total_products'),
      scenarios: manifest.scenarios.map(({ name }) => name),
    },
    dcs: dcs.map((dc) => ({ id: Number(dc.ID), ...placeOf(dc, dc.DCNumber) })),
    stores: stores.map((store) => ({
      id: Number(store.ID),
      ...placeOf(store, store.StoreNumber),
      dcId: Number(store.DCID),
      format: store.Size,
      timeZone: store.TimeZone,
    })),
    trucks: trucks.map((truck) => ({
      id: Number(truck.ID),
      plate: truck.LicensePlate,
      dcId: Number(truck.DCID) || null,
      refrigerated: truck.Refrigeration === 'true',
    })),
  };
}
