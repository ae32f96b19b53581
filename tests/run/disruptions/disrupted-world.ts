/** A small world for tests of requested disruptions, and what is done to it. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { HOUR_MS } from '../../../src/engine/time.ts';
import { generateHistory } from '../../../src/run/generation.ts';
import { RunningStream, type StreamRequest } from '../../../src/stream/running-stream.ts';
import type { WorldPaths } from '../../../src/store/paths.ts';
import { simulatedWorld } from '../../../src/run/simulated-world.ts';
import { digests } from '../digests.ts';
import { type SmallWorld, smallWorld } from '../small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
export const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
export const TO_MS = CUT_MS + 16 * HOUR_MS;

export const OUTAGE = {
  type: 'dc_outage',
  target: { dcs: [1] },
  severity: 1,
  durationMs: 9 * HOUR_MS,
};
export const STORM = {
  type: 'weather_delay',
  target: {},
  severity: 0.6,
  durationMs: 20 * HOUR_MS,
};
export const SHORTAGE = {
  type: 'inventory_shortage',
  target: { dcs: [2] },
  severity: 0.5,
  durationMs: 6 * HOUR_MS,
  startsInMs: 4 * HOUR_MS,
};

/** The history of a world from FROM_MS to CUT_MS. */
export const begunWorld = (): Promise<SmallWorld> => smallWorld(FROM_MS, CUT_MS);

export function stream(
  { settings }: SmallWorld,
  paths: WorldPaths,
  more: Partial<StreamRequest>,
): Promise<RunningStream> {
  return RunningStream.start({
    settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'ndjson',
    catchUp: 'none',
    nowMs: () => CUT_MS,
    ...more,
  });
}

export async function history(
  { settings }: SmallWorld,
  paths: WorldPaths,
  toMs: number,
  workers = 1,
): Promise<void> {
  const request = { settings, paths, makeWorld: simulatedWorld, workers, nowMs: () => CUT_MS };
  await generateHistory({ ...request, window: { toMs } });
}

/** A copy of the world as it was begun, with the journal of another. */
export function withJournalOf(world: SmallWorld, { disruptionJournal }: WorldPaths): WorldPaths {
  const paths = world.copy();
  mkdirSync(paths.commands);
  copyFileSync(disruptionJournal, paths.disruptionJournal);
  return paths;
}

/** Digests of all files but those of the stream, of requested disruptions, and the state that tells of both. */
export function filesOf({ root }: WorldPaths): string[] {
  return digests(root).filter((line) => !/^(stream\/|live\/|generation_state)/.test(line));
}

export function eventIdsOf({ events }: WorldPaths): string[] {
  const lines = readFileSync(events, 'utf8').trimEnd().split('\n');
  return [...new Set(lines.map((line) => JSON.parse(line).event_id as string))].sort();
}
