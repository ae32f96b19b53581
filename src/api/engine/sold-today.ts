/** Sales of the stores on the last day of a world's files. */
import { parse } from 'csv-parse/sync';
import { InputError } from '../../domain/errors.ts';
import { DAY_MS, formatInstant } from '../../engine/time.ts';
import { ZoneTime } from '../../policy/local-time.ts';
import { readManifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { streamPaths } from '../../store/paths.ts';
import { partsOf } from '../data/parts.ts';
import { piecesOf } from '../data/part-bytes.ts';
import { readNetwork } from '../live/network.ts';
import { type KeptTills, Tills } from './tills.ts';

/**
 * Returns the sales at an instant: from the files, or from the stream that reached it. If neither
 * has the whole day, they are unknown until the next day begins.
 */
export async function tillsAt(
  paths: WorldPaths,
  atMs: number,
  kept: KeptTills | undefined,
): Promise<Tills> {
  const zones = zonesOf(paths);
  const unknown = new Tills(zones, { sinceMs: atMs, tills: [] });
  const filesToMs = readManifest(paths.manifest)?.committedMs ?? Number.NEGATIVE_INFINITY;
  if (atMs > filesToMs) return kept?.atMs === atMs ? new Tills(zones, kept.data) : unknown;
  // The next run repairs a part that a crash has damaged, so it is not an error here.
  return tillsByFiles(paths, zones, atMs).catch(() => unknown);
}

/** Returns the sales at the checkpoint from which a stream continues. */
export async function tillsByCheckpoint(
  paths: WorldPaths,
  kept: KeptTills | undefined,
): Promise<(atMs: number) => Tills> {
  const zones = zonesOf(paths);
  const known = new Map<number, Tills>();
  for (const file of [paths.manifest, streamPaths(paths).manifest]) {
    const atMs = committedIn(file);
    if (atMs !== undefined) known.set(atMs, await tillsAt(paths, atMs, kept));
  }
  return (atMs) => known.get(atMs) ?? new Tills(zones, { sinceMs: atMs, tills: [] });
}

/** Returns the instant of a manifest; undefined if it is missing or damaged, which the next run reports. */
function committedIn(file: string): number | undefined {
  try {
    return readManifest(file)?.committedMs;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

async function tillsByFiles(
  paths: WorldPaths,
  zones: ReadonlyMap<number, string>,
  endMs: number,
): Promise<Tills> {
  const midnights = [...new Set(zones.values())].map((name) => {
    const zone = new ZoneTime(name);
    return zone.localMidnightMs(zone.localDay(endMs));
  });
  const sinceMs = Math.min(endMs, ...midnights);
  const tills = new Tills(zones, { sinceMs, tills: [] });
  for (let dayMs = floorToDay(sinceMs); dayMs < endMs; dayMs += DAY_MS) {
    for (const { file } of partsOf(paths.facts, 'receipts', formatInstant(dayMs).slice(0, 10))) {
      await ringAll(tills, file, sinceMs, endMs);
    }
  }
  return tills;
}

/** Returns the time zones of the stores, by number. */
function zonesOf(paths: WorldPaths): Map<number, string> {
  return new Map(readNetwork(paths).stores.map(({ id, timeZone }) => [id, timeZone]));
}

async function ringAll(tills: Tills, file: string, fromMs: number, endMs: number): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(file)) pieces.push(piece);
  const rows = parse(Buffer.concat(pieces), { columns: true }) as Record<string, string>[];
  for (const { EventTS, StoreID, Total } of rows) {
    const eventMs = Date.parse(EventTS);
    // Rows after the last commit, which a crashed run left, don't count.
    if (eventMs < fromMs || eventMs >= endMs) continue;
    tills.ring(Number(StoreID), eventMs, Math.round(Number(Total) * 100));
  }
}

function floorToDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
