/** The dimension tables of a world: as rows in memory, or as files of a world without history. */
import { DIMENSIONS } from '../domain/dimensions.ts';
import { type Format, parseFormats } from '../domain/formats.ts';
import { openWorld } from '../run/open-world.ts';
import { pathsOf } from '../run/read-settings.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import { type WorldSettings, withStorage } from '../store/world-settings.ts';
import { type FixedTable, fixedRows } from '../tables/master-records.ts';
import { buildWorld } from '../world/build.ts';
import { startOf } from '../world/config.ts';
import { requireKnownYear } from '../world/limits.ts';
import { type Instant, instantMs } from './instants.ts';
import { type MasterRow, rowMaker } from './rows.ts';
import { readWorld, type WorldConfig } from './world-config.ts';

/** The opening instant of a world. */
export interface MastersOptions {
  /** Opening instant; by default the config's `historical.start_date`. */
  readonly from?: Instant;
}

/** The opening instant and the folder of a world. */
export interface WriteMastersOptions extends MastersOptions {
  /** Folder of the world; by default from `paths` of the config, or `data`. */
  readonly out?: string;
  /** Formats of the tables; fixed when a world begins. */
  readonly formats?: readonly ('csv' | 'parquet' | 'delta')[];
}

/** The dimension tables that never change; each can be read repeatedly. */
export type Masters = { readonly [Name in FixedTable]: Iterable<MasterRow<Name>> };

/** Returns the dimension tables of a world in memory; rows are created while they are read. @throws InputError */
export function buildMasters(world: WorldConfig, { from }: MastersOptions = {}): Masters {
  const { config, dictionaries } = readWorld(world);
  const startMs = from === undefined ? startOf(config) : instantMs('from', from);
  requireKnownYear(startMs);
  const built = buildWorld(config, dictionaries, startMs);
  const tables = Object.keys(fixedRows(built, dictionaries)) as FixedTable[];
  const readable = tables.map((table) => {
    const rowOf = rowMaker(DIMENSIONS[table]) as (record: unknown) => unknown;
    const rows = function* () {
      for (const record of fixedRows(built, dictionaries)[table]) yield rowOf(record);
    };
    return [table, { [Symbol.iterator]: rows }];
  });
  return Object.fromEntries(readable) as Masters;
}

/** Writes the dimension tables of a world to a folder; `generate` continues from there. @throws InputError */
export async function writeMasters(
  world: WorldConfig,
  { out, from, formats }: WriteMastersOptions = {},
): Promise<void> {
  const settings = readWorld(world);
  const paths = pathsOf(out, settings.config);
  await beginWorld({
    settings,
    paths,
    startMs: from === undefined ? from : instantMs('from', from),
    formats: formats && parseFormats(formats.join(','), 'formats'),
  });
}

/** @internal */
interface Beginning {
  readonly settings: WorldSettings;
  readonly paths: WorldPaths;
  /** Opening instant, epoch ms; by default that of the existing world, or the config's start. */
  readonly startMs?: number | undefined;
  readonly formats?: readonly Format[] | undefined;
  readonly onNote?: ((sentence: string) => void) | undefined;
  readonly makeWorld?: typeof simulatedWorld;
}

/** Opens a world without simulating it; returns its opening instant, epoch ms. @throws InputError @internal */
export async function beginWorld(beginning: Beginning): Promise<number> {
  const { settings: given, paths, onNote, makeWorld = simulatedWorld } = beginning;
  await watchLock(paths.lock, { onNote });
  const release = takeLock(paths.lock);
  try {
    const there = readManifest(paths.manifest);
    const settings = withStorage(given, { formats: beginning.formats }, there);
    const startMs = beginning.startMs ?? there?.startMs ?? startOf(settings.config);
    const world = makeWorld(settings, startMs, paths);
    openWorld(paths, world);
    for (const sentence of world.warnings()) onNote?.(sentence);
    return startMs;
  } finally {
    release();
  }
}
