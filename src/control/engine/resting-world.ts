/**
 * A world as it rests in its folder: its regions taken up from their last checkpoints and looked at, as if
 * they went on from there. Nothing is moved and nothing is written.
 */
import path from 'node:path';
import { FACT_NAMES, type FactSink } from '../../domain/facts.ts';
import { readCheckpoint } from '../../run/checkpoint-file.ts';
import { requireSameWorld } from '../../run/identity.ts';
import { type Manifest, readManifest } from '../../run/manifest.ts';
import type { WorldPaths } from '../../run/paths.ts';
import { pathsOf, settingsOf } from '../../run/read-settings.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { streamPaths } from '../../run/stream-world.ts';
import { withCompression } from '../../run/world-settings.ts';
import { configOf } from '../../world/config.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import { configOfData, type SettingsData } from '../settings.ts';
import { tillsAt, zonesOf } from './sold-today.ts';
import { type KeptTills, Tills } from './tills.ts';

export interface RestRequest {
  readonly settings: SettingsData;
  /** Of the stream that ended where the world rests; its receipts are in no file. */
  readonly tills?: KeptTills | undefined;
}

/** @throws InputError if the world is damaged, or of other dictionaries or scenarios than there are now */
export async function lookAtRest({ settings: data, tills }: RestRequest): Promise<RegionPicture[]> {
  const paths = pathsOf(data.out, configOfData(data));
  const base = baseOf(paths);
  if (base === undefined || base.manifest.regions.length === 0) return [];
  const { manifest, folder } = base;
  const settings = settingsOf(
    configOfWorld(data, manifest),
    manifest.scenarios.map(({ name }) => name),
  );
  const compressed = withCompression(settings, undefined, manifest);
  const world = simulatedWorld(compressed, manifest.startMs, paths);
  requireSameWorld(manifest, world.identity, paths.root);
  const sold = await tillsAtRest(paths, base, tills);
  const pictures: RegionPicture[] = [];
  for (const { id, file, sha256 } of manifest.regions) {
    const { sections } = readCheckpoint(path.join(folder, file), sha256);
    const view = world.openRegion(id, NOBODY, sections).look?.();
    if (view !== undefined) {
      pictures.push(pictureOf(view, (storeId) => sold.today(storeId, view.nowMs)));
    }
  }
  return pictures;
}

interface Base {
  readonly manifest: Manifest;
  readonly folder: string;
  /** Whether the files of facts reach as far. */
  readonly isInFiles: boolean;
}

/** The checkpoint that whoever comes next goes on from. */
export function baseOf(paths: WorldPaths): Base | undefined {
  const history = readManifest(paths.manifest);
  if (history === undefined) return undefined;
  const stream = readManifest(streamPaths(paths).manifest);
  if (stream === undefined || stream.committedMs <= history.committedMs) {
    return { manifest: history, folder: paths.checkpoint, isInFiles: true };
  }
  return { manifest: stream, folder: paths.stream, isInFiles: false };
}

/** What was sold on the day on which a world rests: by its files, or by the stream that brought it there. */
export async function tillsAtRest(
  paths: WorldPaths,
  base: Base | undefined,
  kept: KeptTills | undefined,
): Promise<Tills> {
  const zones = zonesOf(paths);
  const committedMs = base?.manifest.committedMs ?? Number.POSITIVE_INFINITY;
  const unknown = new Tills(zones, { sinceMs: committedMs, tills: [] });
  if (base === undefined) return unknown;
  if (!base.isInFiles) {
    return kept?.atMs === committedMs ? new Tills(zones, kept.data) : unknown;
  }
  // A part that a crash has torn is mended by who goes on with the world, and keeps nobody from that.
  return tillsAt(paths, zones, committedMs).catch(() => unknown);
}

/** The config that the world was made with, whatever it says by now. */
function configOfWorld({ raw, preset, origin }: SettingsData, { seed, config }: Manifest) {
  const sections: Record<string, Record<string, unknown>> = { volume: {}, historical: {} };
  for (const [key, value] of Object.entries(config)) {
    const [section, name] = key.split('.');
    sections[section] = { ...sections[section], [name]: value };
  }
  return configOf({ ...raw, ...sections, seed }, preset, origin);
}

/** Takes facts that nobody makes: a region that is only looked at does not move. */
const NOBODY = Object.fromEntries(
  FACT_NAMES.map((name) => [name, () => {}]),
) as unknown as FactSink;
