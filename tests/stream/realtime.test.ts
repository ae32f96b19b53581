/** The stream of a day is the CSV of that day: fact for fact, id for id, however often it was stopped. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { formatInstant } from '../../src/engine/time.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { RunningStream, type StreamRequest } from '../../src/stream/running-stream.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { readJournal } from '../../src/delivery/journal-access.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { digests } from '../run/digests.ts';
import { eventsIn, idsOf } from '../run/event-file.ts';
import { failingAt } from '../run/failing-world.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const TO_MS = Date.parse('2024-03-10T19:40:00.5Z');

let world: SmallWorld;
let begun: WorldPaths;
let whole: WorldPaths;
let withCsv: WorldPaths;

beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
  begun = world.copy();
  whole = world.copy();
  await history(whole);
  withCsv = world.copy();
  await stream(withCsv, TO_MS, { alsoCsv: true });
});
afterAll(() => world.remove());

async function history(paths: WorldPaths): Promise<void> {
  const { settings } = world;
  await generateHistory({
    settings,
    paths,
    makeWorld: simulatedWorld,
    window: { toMs: TO_MS },
    workers: 1,
    nowMs: () => TO_MS,
  });
}

async function stream(
  paths: WorldPaths,
  toMs: number,
  more: Partial<StreamRequest> = {},
  settled = true,
): Promise<void> {
  const { ended } = await RunningStream.start({
    settings: world.settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'ndjson',
    catchUp: 'none',
    speed: Infinity,
    toMs,
    ...more,
  });
  expect(await ended).toEqual({ simulatedMs: toMs, settled });
}

/** Digests of all files but the stream's, and the state, which tells how far that came. */
const csvOf = ({ root }: WorldPaths) =>
  digests(root).filter((line) => !/stream\/|state\.json/.test(line));

const stateOf = ({ state }: WorldPaths) => JSON.parse(readFileSync(state, 'utf8'));

/** Rows of facts in a world's files. */
function rowsOf(paths: WorldPaths): number {
  return worldContent(paths)
    .own.filter((file) => file.startsWith(paths.facts))
    .reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 2, 0);
}

describe('realtime', () => {
  it('with CSV leaves the files of a history, and an event for each row of them', () => {
    expect(csvOf(withCsv)).toEqual(csvOf(whole));
    const events = eventsIn(withCsv);
    expect(events.length).toBe(rowsOf(whole) - rowsOf(begun));
    expect(new Set(idsOf(events)).size).toBe(events.length);
    const stamps = events.map(({ event_timestamp }) => Date.parse(event_timestamp));
    expect(stamps.every((atMs) => atMs >= CUT_MS && atMs < TO_MS)).toBe(true);
    const last_realtime_run = formatInstant(TO_MS);
    expect(stateOf(withCsv)).toEqual({ ...stateOf(whole), last_realtime_run });
  });

  it('without CSV streams the same, in one run or several, and the history can follow later', async () => {
    const paths = world.copy();
    for (const toMs of [CUT_MS + 1, Date.parse('2024-03-10T03:00:00Z'), TO_MS]) {
      // Checkpoints on the way, wherever they fall.
      await stream(paths, toMs, { checkpointEveryMs: 30 });
      expect(csvOf(paths)).toEqual(csvOf(begun));
      const last_realtime_run = formatInstant(toMs);
      expect(stateOf(paths)).toEqual({ ...stateOf(begun), last_realtime_run });
    }
    expect(idsOf(eventsIn(paths)).toSorted()).toEqual(idsOf(eventsIn(withCsv)).toSorted());
    await history(paths);
    expect(csvOf(paths)).toEqual(csvOf(whole));
    const { last_realtime_run } = stateOf(withCsv);
    expect(stateOf(paths)).toEqual({ ...stateOf(whole), last_realtime_run });
  });

  it('sends no event again after a kill, wherever the next runs stop', async () => {
    const paths = world.copy();
    const killedMs = Date.parse('2024-03-10T08:00:00Z');
    await expect(stream(paths, TO_MS, { makeWorld: failingAt(killedMs) })).rejects.toThrow(
      'killed',
    );
    expect(eventsIn(paths).length).toBeGreaterThan(100);
    for (const toMs of [Date.parse('2024-03-09T20:00:00Z'), Date.parse('2024-03-10T02:00:00Z')]) {
      // What was made beyond it stays pending.
      await stream(paths, toMs, {}, false);
      const ids = idsOf(eventsIn(paths));
      expect(new Set(ids).size).toBe(ids.length);
    }
    await stream(paths, TO_MS);
    expect(idsOf(eventsIn(paths)).toSorted()).toEqual(idsOf(eventsIn(withCsv)).toSorted());
    expect(readJournal(paths.journal)?.ledger.total().acknowledged).toBe(eventsIn(paths).length);
  });

  it('streams only the requested types, with the same ids as among all', async () => {
    const paths = world.copy();
    await stream(paths, TO_MS, { types: new Set(['receipt_created', 'stockout_detected']) });
    const expected = eventsIn(withCsv).filter(({ event_type }) =>
      ['receipt_created', 'stockout_detected'].includes(event_type),
    );
    expect(idsOf(eventsIn(paths)).toSorted()).toEqual(idsOf(expected).toSorted());
  });

  it('says which command generates a history if there is none', async () => {
    const out = path.join(begun.root, '..', 'nothing');
    const terminal = fakeTerminal();
    const code = await main(['run', '--mode', 'realtime', '--out', out], terminal);
    expect(code).toBe(2);
    expect(terminal.stderr()).toMatch(
      /no history to continue[\s\S]*--yes[\s\S]*run --mode history --out/,
    );
    expect(existsSync(path.join(out, 'master'))).toBe(false);
  });
});
