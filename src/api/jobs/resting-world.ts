/**
 * The live view of a world in its folder: restores its regions from their last checkpoints. Nothing is
 * simulated and nothing is written.
 */
import path from 'node:path';
import { FACT_NAMES, type FactSink } from '../../domain/facts.ts';
import { readCheckpoint } from '../../store/checkpoint-file.ts';
import { scenariosThere } from '../../store/kept-scenarios.ts';
import { requireSameWorld } from '../../store/identity.ts';
import { type Manifest, readManifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { pathsOf, settingsWith } from '../../run/read-settings.ts';
import { waysOut } from '../../store/shard-advice.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { streamPaths } from '../../store/paths.ts';
import { withStorage } from '../../store/world-settings.ts';
import { configOf } from '../../world/config.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import { configOfData, type SettingsData } from '../settings.ts';
import { tillsAt } from './sold-today.ts';
import type { KeptTills } from './tills.ts';

export interface RestRequest {
  readonly settings: SettingsData;
  /** Sales at the end of the last stream, whose receipts are in no file. */
  readonly tills?: KeptTills | undefined;
}

/** Returns the regions. @throws InputError if the world is damaged, or dictionaries or scenarios have changed */
export async function lookAtRest({ settings: data, tills }: RestRequest): Promise<RegionPicture[]> {
  const paths = pathsOf(data.out, configOfData(data));
  const base = baseOf(paths);
  if (base === undefined || base.manifest.regions.length === 0) return [];
  const { manifest, folder } = base;
  const settings = settingsWith(configOfWorld(data, manifest), scenariosThere(manifest, paths));
  const stored = withStorage(settings, {}, manifest);
  const world = simulatedWorld(stored, manifest.startMs, paths);
  requireSameWorld(manifest, world.identity, paths.root, waysOut(paths));
  const sold = await tillsAt(paths, manifest.committedMs, tills);
  const pictures: RegionPicture[] = [];
  for (const { id, file, sha256 } of manifest.regions) {
    const { sections } = readCheckpoint(path.join(folder, file), sha256);
    const view = world.openRegion(id, noFacts(), sections).look?.();
    if (view !== undefined) {
      pictures.push(pictureOf(view, (storeId) => sold.today(storeId, view.nowMs)));
    }
  }
  return pictures;
}

interface Base {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** Returns the latest checkpoint: of the history, or of the stream. */
function baseOf(paths: WorldPaths): Base | undefined {
  const history = readManifest(paths.manifest);
  if (history === undefined) return undefined;
  const stream = readManifest(streamPaths(paths).manifest);
  if (stream === undefined || stream.committedMs <= history.committedMs) {
    return { manifest: history, folder: paths.checkpoint };
  }
  return { manifest: stream, folder: paths.stream };
}

/** Returns the config with which the world was generated. */
function configOfWorld({ raw, preset, origin }: SettingsData, { seed, config }: Manifest) {
  const sections: Record<string, Record<string, unknown>> = { volume: {}, historical: {} };
  for (const [key, value] of Object.entries(config)) {
    const [section, name] = key.split('.');
    sections[section] = { ...sections[section], [name]: value };
  }
  return configOf({ ...raw, ...sections, seed }, preset, origin);
}

/** Ignores facts: a region is not simulated for its view. */
function noFacts(): FactSink {
  return Object.fromEntries(FACT_NAMES.map((name) => [name, () => {}])) as unknown as FactSink;
}
