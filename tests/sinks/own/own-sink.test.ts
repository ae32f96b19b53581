/** A sink that is registered from outside comes along everywhere, and loses as little as those that are built in. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { listDeadLetters } from '../../../src/delivery/dead-letters.ts';
import { readJournal } from '../../../src/delivery/journal-access.ts';
import type { LedgerRow } from '../../../src/delivery/ledger.ts';
import { simulatedWorld } from '../../../src/run/simulated-world.ts';
import { registerSink, sinkNamed, sinkNames } from '../../../src/sinks/registry.ts';
import type { WorldPaths } from '../../../src/store/paths.ts';
import { worldContent } from '../../../src/store/world-files.ts';
import { RunningStream, type StreamRequest } from '../../../src/stream/running-stream.ts';
import { configOf } from '../../../src/world/config.ts';
import { testClient } from '../../api/client.ts';
import { fakeTerminal } from '../../cli/fake-terminal.ts';
import { temporaryFolder } from '../../delivery/fixtures.ts';
import { type Envelope, eventsIn, idsOf } from '../../run/event-file.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../../run/small-world.ts';
import { describeStreamSink, linesOf } from '../contract/stream-suite.ts';
import { unregister } from './register-shelf.ts';
import { refusesFile, shelf, shelfFile, shelfSink, silentFile } from './shelf.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const HOUR_MS = 3_600_000;
const PARTITIONS = 3;
const REFUSED = 'receipt_created';
/** However busy the machine is. */
const PATIENT = { timeout: 60_000 };

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => {
  unregister();
  world.remove();
});

describeStreamSink('shelf', async () => {
  const folder = temporaryFolder();
  return {
    sink: shelfSink(folder),
    next: () => shelfSink(folder),
    arrived: (partition) => linesOf(readFileSync(shelfFile(folder, partition), 'utf8')),
    refusals: {
      rejected: () => refuse(folder, 'ble_ping_detected'),
      unknown: () => writeFileSync(silentFile(folder), ''),
    },
  };
});

function refuse(folder: string, type: string): void {
  mkdirSync(path.dirname(refusesFile(folder)), { recursive: true });
  writeFileSync(refusesFile(folder), `${type}\n`);
}

function start(paths: WorldPaths, more: Partial<StreamRequest>): Promise<RunningStream> {
  return RunningStream.start({
    settings: world.settings,
    paths,
    makeWorld: simulatedWorld,
    sink: 'shelf',
    catchUp: 'none',
    speed: Infinity,
    nowMs: () => CUT_MS,
    ...more,
  });
}

async function streamed(paths: WorldPaths, more: Partial<StreamRequest>): Promise<LedgerRow> {
  const stream = await start(paths, more);
  expect((await stream.ended).settled).toBe(true);
  return stream.ledger.total();
}

function shelved({ stream }: WorldPaths): Envelope[][] {
  return Array.from({ length: PARTITIONS }, (_, partition) => {
    const file = shelfFile(stream, partition);
    return existsSync(file) ? (linesOf(readFileSync(file, 'utf8')) as Envelope[]) : [];
  });
}

async function sim(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(words, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

it('takes a world with its journal, ledger and dead letters, over a restart, and the letters later', async () => {
  const toMs = CUT_MS + 4 * HOUR_MS;
  const told = world.copy();
  await streamed(told, { sink: 'ndjson', toMs });
  const expected = eventsIn(told);
  const refused = expected.filter(({ event_type }) => event_type === REFUSED);
  expect(refused.length).toBeGreaterThan(10);

  const paths = world.copy();
  refuse(paths.stream, REFUSED);
  // A wall clock that the test moves: two hours of the world at once.
  let wallMs = 0;
  const first = await start(paths, { toMs, speed: 3_600, wallMs: () => wallMs });
  wallMs += 2_000;
  const halfMs = CUT_MS + 2 * HOUR_MS;
  await expect.poll(() => first.status().simulatedMs, PATIENT).toBe(halfMs);
  await expect.poll(() => first.status().buffered, PATIENT).toBe(0);
  const { acknowledged } = first.ledger.total();
  writeFileSync(silentFile(paths.stream), '');
  wallMs += 1_000;
  await expect.poll(() => first.status().failures, PATIENT).toBeGreaterThan(0);
  // Given up at once: what waits and what was stored unheard is left to the next.
  expect((await first.stop(0)).settled).toBe(false);
  expect(first.ledger.total().acknowledged).toBe(acknowledged);
  rmSync(silentFile(paths.stream));
  const total = await streamed(paths, { toMs });
  expect(total).toMatchObject({
    generated: expected.length,
    acknowledged: expected.length - refused.length,
    deadLettered: refused.length,
    inFlight: 0,
  });
  expect(readJournal(paths.journal)?.ledger.total()).toEqual(total);
  const letters = listDeadLetters(paths.deadLetters);
  expect(letters.map(({ event }) => event.eventId).sort()).toEqual(idsOf(refused).sort());
  expect(letters[0]).toMatchObject({
    category: 'rejected',
    reason: 'the shelf takes no such event',
  });

  // Each key in order in the partition that the sink has for it.
  const places = shelved(paths);
  expect(places.filter(({ length }) => length > 0)).toHaveLength(PARTITIONS);
  let repeats = 0;
  const sink = shelfSink(paths.stream);
  const taken = expected.filter(({ event_type }) => event_type !== REFUSED);
  for (const [partition, events] of places.entries()) {
    const mine = taken.filter(({ partition_key }) => sink.partitionOf(partition_key) === partition);
    const first = new Map(events.map((event) => [event.event_id, event]));
    expect(byKey([...first.values()])).toEqual(byKey(mine));
    repeats += events.length - first.size;
  }
  expect(repeats).toBeGreaterThan(0);
  expect(repeats).toBeLessThanOrEqual(total.possiblyRepeated);

  const config = path.join(paths.root, 'retry.json');
  const place = paths.stream;
  writeFileSync(
    config,
    JSON.stringify({ seed: 5, volume: SMALL_VOLUME, sinks: { shelf: { place } } }),
  );
  rmSync(refusesFile(paths.stream));
  const flags = ['--out', paths.root, '--config', config, '--sink', 'shelf', '--json'];
  const retry = await sim('dlq', 'retry', ...flags);
  expect(JSON.parse(retry.stdout)).toEqual({ delivered: refused.length, kept: 0 });
  expect(new Set(idsOf(shelved(paths).flat()))).toEqual(new Set(idsOf(expected)));
  expect(readJournal(paths.journal)?.ledger.total()).toMatchObject({
    acknowledged: expected.length,
    deadLettered: 0,
  });

  const { own, foreign } = worldContent(paths);
  expect(own).toContain(shelfFile(paths.stream, 0));
  expect(foreign).toEqual([]);
});

/** Ids by partition key, in order. */
function byKey(events: readonly Envelope[]): Record<string, string[]> {
  const ids: Record<string, string[]> = {};
  for (const { partition_key, event_id } of events) {
    ids[partition_key] = [...(ids[partition_key] ?? []), event_id];
  }
  return ids;
}

it('is sent dead letters again while the stream runs', async () => {
  const paths = world.copy();
  refuse(paths.stream, REFUSED);
  const stream = await start(paths, { speed: 60 * 60, toMs: CUT_MS + 24 * HOUR_MS });
  const letters = () => listDeadLetters(paths.deadLetters).length;
  await expect.poll(letters, PATIENT).toBeGreaterThan(0);
  stream.pause();
  await expect.poll(() => stream.status().buffered, PATIENT).toBe(0);
  rmSync(refusesFile(paths.stream));
  const before = letters();
  const config = path.join(paths.root, 'config.json');
  writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
  const retry = await sim('dlq', 'retry', '--out', paths.root, '--config', config, '--json');
  expect(JSON.parse(retry.stdout)).toEqual({ delivered: before, kept: 0 });
  expect(stream.ledger.total().deadLettered).toBe(0);
  await stream.stop();
});

it('can be given to a stream without being registered, as an entry or as it is', async () => {
  const paths = world.copy();
  const sink = { ...shelf, name: 'unknown-to-all', about: 'elsewhere' };
  const { acknowledged } = await streamed(paths, { sink, toMs: CUT_MS + HOUR_MS });
  expect(shelved(paths).flat()).toHaveLength(acknowledged);
  const bare = world.copy();
  await streamed(bare, { sink: shelfSink(bare.stream), toMs: CUT_MS + HOUR_MS });
  expect(idsOf(shelved(bare).flat())).toEqual(idsOf(shelved(paths).flat()));
});

describe('the command line', () => {
  it('offers it in help and choices, and suggests it', async () => {
    expect((await sim('run', '--help')).stdout).toMatch(
      /choices: "event-hubs",\s+"ndjson",\s+"stdout",\s+"blackhole",\s+"shelf"/,
    );
    const { code, stderr } = await sim('run', '--mode', 'realtime', '--sink', 'shelv');
    expect(code).toBe(2);
    expect(stderr).toContain('event-hubs, ndjson, stdout, blackhole, shelf');
    expect(() => sinkNamed('shelv')).toThrow(
      'Cannot stream to "shelv": expected one of event-hubs, ndjson, stdout, blackhole, shelf; did you mean shelf?',
    );
    for (const command of [['dlq', 'retry'], ['check-connection']]) {
      expect((await sim(...command, '--help')).stdout).toMatch(/choices: "event-hubs",\s+"shelf"/);
    }
  });

  it('tells and tries its connection', async () => {
    const folder = temporaryFolder();
    const config = path.join(folder, 'config.json');
    const check = (...flags: string[]) =>
      sim('check-connection', '--config', config, '--sink', 'shelf', ...flags);
    writeFileSync(config, '{}');
    expect(await check()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no shelf is configured; expected sinks.shelf.place'),
    });
    writeFileSync(config, JSON.stringify({ sinks: { shelf: { place: folder, partitions: 5 } } }));
    expect((await check()).stdout).toContain(`Top shelf  ${folder}\n`);
    const { stdout } = await check('--connect', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ topShelf: folder, connected: { partitions: 5 } });
    writeFileSync(path.join(folder, 'gone'), '');
    expect(await check('--connect')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it is gone; put it back'),
    });
  });

  it.each([
    [{ shelf: { partitions: 0 } }, 'sinks.shelf.partitions is 0: expected a whole number from 1'],
    [{ shelf: { depth: 1 } }, 'sinks.shelf.depth is not a setting of the sink shelf'],
    [{ shelf: { key: 'canary-canary' } }, 'sinks.shelf.key is set: expected at most 8 letters'],
    [{ shelf: 7 }, 'sinks.shelf is 7: expected a section in braces: { … }'],
    [{ shelv: {} }, 'sinks.shelv is not a sink: did you mean shelf?'],
    [{ ndjson: {} }, 'sinks.ndjson is set: expected nothing, since this sink has no settings'],
  ])('checks its settings: %j', async (sinks, message) => {
    const config = path.join(temporaryFolder(), 'config.json');
    writeFileSync(config, JSON.stringify({ sinks }));
    const { code, stderr } = await sim('run', '--mode', 'realtime', '--config', config);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('canary');
  });
});

it('is offered by the API, which tests its connection and keeps its secrets', async () => {
  const place = temporaryFolder();
  const client = await testClient({ raw: { sinks: { shelf: { place, key: 'canary' } } } });
  onTestFinished(() => client.close());
  const text = JSON.stringify(client.openApi.document);
  expect(text).toContain('"enum":["event-hubs","ndjson","blackhole","shelf"]');
  expect(text).toContain('"enum":["event-hubs","shelf"]');
  const tested = await client.ask('POST', '/api/stream/test', { body: { sink: 'shelf' } });
  expect(tested.body).toMatchObject({ success: true, details: { partitions: PARTITIONS } });
  const string = await client.ask('POST', '/api/stream/validate-connection', {
    body: { sink: 'shelf', connection_string: 'Endpoint=sb://x' },
  });
  expect(string.body).toMatchObject({
    success: false,
    message: expect.stringContaining('because this sink has no connection strings'),
  });
  const shown = await client.ask('GET', '/api/config');
  expect(shown.body.sinks).toEqual({ shelf: { place: expect.any(String), key: '***' } });
  const refused = await client.ask('PUT', '/api/config', {
    body: { sinks: { shelf: { partitions: 'many' } } },
  });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('sinks.shelf.partitions');
  expect(client.faults).toEqual([]);
});

it('is streamed into by the API, in another thread', async () => {
  const paths = world.copy();
  const client = await testClient({ out: paths.root });
  onTestFinished(() => client.close());
  const started = await client.ask('POST', '/api/stream/start', {
    body: { sink: 'shelf', speed: 'max', duration_minutes: 1 },
  });
  const status = async () => (await client.ask('GET', '/api/stream/status')).body;
  const sent = async () => Number((await status()).events_sent);
  await expect.poll(sent, PATIENT).toBeGreaterThan(100);
  // The journal tells of events before the first status comes from the thread.
  const target = async () => (await status()).target;
  await expect.poll(target, PATIENT).toBe(`the shelf "${paths.stream}"`);
  await client.ask('POST', '/api/stream/stop');
  expect((await client.over(started.body.operation_id)).status).toMatch(/completed|cancelled/);
  expect(shelved(paths).flat()).toHaveLength(await sent());
});

it('is refused under a name that is none or taken, and goes again', () => {
  expect(() => registerSink({ ...shelf, name: 'My Sink' })).toThrow(
    'Cannot register the sink "My Sink": expected a name of lowercase letters, digits and dashes',
  );
  expect(() => registerSink({ ...shelf, name: 'ndjson' })).toThrow('a sink with this name exists');
  const again = registerSink({ ...shelf, name: 'shelf-2' });
  expect(sinkNames()).toContain('shelf-2');
  again();
  expect(sinkNames()).not.toContain('shelf-2');
  expect(configOf({}).sinks).toBeUndefined();
});
