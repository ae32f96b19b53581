/** Whatever begins next on a world first honours what its stream has pending, and where it stands. */
import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { RunningStream, type StreamRequest } from '../../src/stream/running-stream.ts';
import { readManifest } from '../../src/store/manifest.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { streamedTo } from '../../src/stream/stream-standing.ts';
import { streamPaths } from '../../src/store/paths.ts';
import { readFrontier } from '../../src/delivery/frontier.ts';
import { readJournal } from '../../src/delivery/journal-access.ts';
import { digests } from '../run/digests.ts';
import { type Envelope, eventsIn, idsOf } from '../run/event-file.ts';
import { failingAt } from '../run/failing-world.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-09T04:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const STOPPED_MS = Date.parse('2024-03-09T16:00:00Z');
const KILLED_MS = Date.parse('2024-03-09T18:00:00Z');
const LATER_MS = Date.parse('2024-03-10T02:00:00Z');
const TO_MS = Date.parse('2024-03-10T08:00:00Z');

let world: SmallWorld;
/** Every event from the cut on. */
let all: Envelope[];
/** A stream without files that was killed with events under way, and one with files. */
let killed: WorldPaths;
let killedWithCsv: WorldPaths;

beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
  const whole = world.copy();
  await streamed(whole, { toMs: TO_MS });
  all = eventsIn(whole);
  killed = world.copy();
  await lose(killed);
  killedWithCsv = world.copy();
  await lose(killedWithCsv, { alsoCsv: true });
});
afterAll(() => world.remove());

function start(paths: WorldPaths, more: Partial<StreamRequest> = {}): Promise<RunningStream> {
  return RunningStream.start({
    settings: world.settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'ndjson',
    catchUp: 'none',
    speed: Infinity,
    ...more,
  });
}

async function streamed(paths: WorldPaths, more: Partial<StreamRequest>): Promise<void> {
  expect(await (await start(paths, more)).ended).toMatchObject({ settled: true });
}

async function history(paths: WorldPaths, toMs: number): Promise<void> {
  const { settings } = world;
  const window = { toMs };
  const nowMs = () => toMs;
  await generateHistory({ settings, paths, makeWorld: simulatedWorld, window, workers: 1, nowMs });
}

/** Streams until it is killed, with events that were made and not sent. */
async function lose(paths: WorldPaths, more: Partial<StreamRequest> = {}): Promise<void> {
  // With a checkpoint of its own, which the journal counts from.
  await streamed(paths, { toMs: STOPPED_MS, ...more });
  const stream = await start(paths, { makeWorld: failingAt(KILLED_MS), toMs: LATER_MS, ...more });
  await expect(stream.ended).rejects.toThrow('killed');
}

function copyOf({ root }: WorldPaths): WorldPaths {
  const paths = world.copy();
  rmSync(paths.root, { recursive: true });
  cpSync(root, paths.root, { recursive: true });
  return paths;
}

const between = (fromMs: number, toMs: number) =>
  idsOf(
    all.filter(({ event_timestamp }) => {
      const atMs = Date.parse(event_timestamp);
      return atMs >= fromMs && atMs < toMs;
    }),
  );

/** Checks that just these events arrived, and that the ledger says so. */
function account(paths: WorldPaths, expected: readonly string[], repeats = 0): void {
  const ids = idsOf(eventsIn(paths));
  expect([...new Set(ids)].toSorted()).toEqual(expected.toSorted());
  expect(ids.length - expected.length).toBeLessThanOrEqual(repeats);
  const total = readJournal(paths.journal)!.ledger.total();
  expect(total.generated).toBe(total.acknowledged + total.deadLettered + total.inFlight);
  expect(total.inFlight).toBe(0);
  expect(total.sent).toBeGreaterThanOrEqual(total.acknowledged);
  expect(ids.length - expected.length).toBeLessThanOrEqual(total.possiblyRepeated);
}

const filesOf = ({ root }: WorldPaths) =>
  digests(root).filter((line) => !/stream\/|state\.json/.test(line));

describe('what a stream left pending is sent', () => {
  it('when the history has gone past it meanwhile', async () => {
    const paths = copyOf(killed);
    const frontierMs = readFrontier(paths.frontier)!.reachedMs;
    expect(eventsIn(paths).length).toBeLessThan(between(CUT_MS, frontierMs).length);
    await history(paths, LATER_MS + 3_600_000);
    await streamed(paths, { toMs: TO_MS });
    const expected = [...between(CUT_MS, frontierMs), ...between(LATER_MS + 3_600_000, TO_MS)];
    account(paths, expected);
    expect(readJournal(paths.journal)?.stretches).toEqual([
      [CUT_MS, frontierMs],
      [LATER_MS + 3_600_000, null],
    ]);
  });

  it('when it wrote files as well, and the history alone goes on', async () => {
    const paths = copyOf(killedWithCsv);
    const frontierMs = readFrontier(paths.frontier)!.reachedMs;
    await history(paths, LATER_MS + 1);
    // Nor does a second history take the checkpoint away.
    await history(paths, LATER_MS + 3_600_000);
    await streamed(paths, { toMs: TO_MS, alsoCsv: true });
    account(paths, [...between(CUT_MS, frontierMs), ...between(LATER_MS + 3_600_000, TO_MS)]);
    const plain = world.copy();
    await history(plain, TO_MS);
    expect(filesOf(paths)).toEqual(filesOf(plain));
  });

  it('with the types that were asked for then, whatever is asked for now', async () => {
    const paths = world.copy();
    const types = new Set(['receipt_created'] as const);
    await lose(paths, { types });
    const frontierMs = readFrontier(paths.frontier)!.reachedMs;
    await streamed(paths, { toMs: TO_MS, types: new Set(['stockout_detected']) });
    const of = (type: string) => (id: string) =>
      all.find(({ event_id }) => event_id === id)?.event_type === type;
    account(paths, [
      ...between(CUT_MS, frontierMs).filter(of('receipt_created')),
      ...between(frontierMs, TO_MS).filter(of('stockout_detected')),
    ]);
  });

  it('without waiting for its time: nothing of it is simulated at the pace of the stream', async () => {
    const paths = copyOf(killed);
    const stream = await start(paths, { speed: 1, wallMs: () => 0, nowMs: () => CUT_MS });
    const frontierMs = readFrontier(paths.frontier)!.reachedMs;
    await expect.poll(() => stream.status().simulatedMs, { timeout: 60_000 }).toBe(frontierMs);
    await expect.poll(() => stream.status().resumesToMs, { timeout: 60_000 }).toBeNull();
    account(paths, between(CUT_MS, frontierMs));
    await stream.stop();
  });

  it('also by lives that are shorter than it takes: each takes a checkpoint', async () => {
    const paths = copyOf(killed);
    let heldMs = STOPPED_MS;
    for (let life = 0; life < 3; life++) {
      // As much work as justifies a checkpoint passes at each look at the clock.
      let wallMs = 0;
      const wall = () => (wallMs += 1_500);
      const stream = await start(paths, {
        makeWorld: failingAt(STOPPED_MS + (life + 1) * 600_000),
        wallMs: wall,
      });
      await expect(stream.ended).rejects.toThrow('killed');
      const { committedMs } = readManifest(streamPaths(paths).manifest)!;
      expect(committedMs).toBeGreaterThan(heldMs);
      heldMs = committedMs;
    }
  });
});

describe('a stream with files', () => {
  it('refuses files that lag behind it, and says how far they have to come', async () => {
    const paths = copyOf(killed);
    await expect(start(paths, { alsoCsv: true })).rejects.toThrow(
      /the stream has reached .*the CSV files only 2024-03-09T15:20:10.123Z.*--to 2024-03-/s,
    );
    const { settings } = world;
    const frontierMs = streamedTo({ settings, paths, makeWorld: simulatedWorld })!;
    expect(frontierMs).toBe(readFrontier(paths.frontier)!.reachedMs);
    await history(paths, frontierMs);
    await streamed(paths, { alsoCsv: true, toMs: TO_MS });
    account(paths, between(CUT_MS, TO_MS));
    const plain = world.copy();
    await history(plain, TO_MS);
    expect(filesOf(paths)).toEqual(filesOf(plain));
  });
});

describe('what a stream remembers', () => {
  const files = (paths: WorldPaths) => ({
    journal: paths.journal,
    frontier: paths.frontier,
    manifest: streamPaths(paths).manifest,
  });
  const DAMAGE = {
    gone: (file: string) => rmSync(file),
    empty: (file: string) => truncateSync(file, 0),
    halved: (file: string) => truncateSync(file, readFileSync(file).length >>> 1),
    foreign: (file: string, other: string) => cpSync(other, file),
  } as const;
  const cases = (['journal', 'frontier', 'manifest'] as const).flatMap((name) =>
    (Object.keys(DAMAGE) as (keyof typeof DAMAGE)[]).map((damage) => ({ name, damage })),
  );

  it.each(cases)(
    '$damage $name: refused by name, and made anew when asked to',
    async ({ name, damage }) => {
      const paths = copyOf(killed);
      const frontierMs = readFrontier(paths.frontier)!.reachedMs;
      const other = await otherWorld();
      const file = files(paths)[name];
      DAMAGE[damage](file, files(other)[name]);
      const before = eventsIn(paths).length;
      await expect(start(paths, { toMs: TO_MS })).rejects.toThrow(/--rebuild-journal/);
      expect(eventsIn(paths)).toHaveLength(before);
      expect(existsSync(paths.lock)).toBe(false);
      await streamed(paths, { toMs: TO_MS, rebuildJournal: true });
      const lost = name === 'journal' || (name === 'frontier' && damage === 'foreign');
      account(paths, between(CUT_MS, TO_MS), lost ? Infinity : 0);
      expect(frontierMs).toBeLessThanOrEqual(TO_MS);
      // From then on it is whole again.
      await streamed(paths, { toMs: TO_MS + 60_000 });
    },
  );

  let other: WorldPaths | undefined;
  /** What a stream of another world left. */
  async function otherWorld(): Promise<WorldPaths> {
    if (other !== undefined) return other;
    const made = await smallWorld(FROM_MS, CUT_MS, { seed: 6 });
    other = made.copy();
    const { settings } = made;
    for (const toMs of [CUT_MS + 1_000, CUT_MS + 3_600_000]) {
      await (await start(other, { settings, toMs })).ended;
    }
    return other;
  }

  it('all of it gone: the state of the world still says that there was a stream', async () => {
    const paths = world.copy();
    await streamed(paths, { toMs: KILLED_MS });
    rmSync(paths.stream, { recursive: true });
    await expect(start(paths)).rejects.toThrow(/delivery.journal.*is missing.*--rebuild-journal/);
    await streamed(paths, { toMs: TO_MS, rebuildJournal: true });
    expect(idsOf(eventsIn(paths)).toSorted()).toEqual(between(KILLED_MS, TO_MS).toSorted());
  });

  it('a history can go on beside it, however damaged it is', async () => {
    const paths = copyOf(killedWithCsv);
    writeFileSync(paths.journal, '');
    await history(paths, LATER_MS);
    await expect(start(paths, { toMs: TO_MS })).rejects.toThrow(/--rebuild-journal/);
    const frontierMs = readFrontier(paths.frontier)!.reachedMs;
    await streamed(paths, { toMs: TO_MS, rebuildJournal: true });
    account(
      paths,
      [...between(CUT_MS, frontierMs), ...between(Math.max(LATER_MS, frontierMs), TO_MS)],
      Infinity,
    );
  });
});
