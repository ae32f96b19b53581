/** What the stores have sold on the day on which the files of a world end. */
import { parse } from 'csv-parse/sync';
import { DAY_MS, formatInstant } from '../../engine/time.ts';
import { ZoneTime } from '../../policy/local-time.ts';
import type { WorldPaths } from '../../run/paths.ts';
import { partsOf } from '../data/parts.ts';
import { piecesOf } from '../data/part-bytes.ts';
import { readNetwork } from '../live/network.ts';
import { Tills } from './tills.ts';

/** Tills that have counted the receipts of each store's local day, out of files that end at `endMs`. */
export async function tillsAt(
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

/** Time zones of the stores, by number. */
export function zonesOf(paths: WorldPaths): Map<number, string> {
  return new Map(readNetwork(paths).stores.map(({ id, timeZone }) => [id, timeZone]));
}

async function ringAll(tills: Tills, file: string, fromMs: number, endMs: number): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(file)) pieces.push(piece);
  const rows = parse(Buffer.concat(pieces), { columns: true }) as Record<string, string>[];
  for (const { EventTS, StoreID, Total } of rows) {
    const eventMs = Date.parse(EventTS);
    // What a crashed run left behind its last commit does not count.
    if (eventMs < fromMs || eventMs >= endMs) continue;
    tills.ring(Number(StoreID), eventMs, Math.round(Number(Total) * 100));
  }
}

function floorToDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
