/**
 * `sim run --mode realtime` as a process, into a hub that is busy, cuts connections, falls silent and
 * goes away, and killed on the way; from fixed seeds.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FactName } from '../../src/domain/facts.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { Fault } from '../../src/hub/faults.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { RunningStream } from '../../src/stream/running-stream.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { MakeWorld } from '../../src/run/make-world.ts';
import { readJournal } from '../../src/delivery/journal-access.ts';
import { IS_LONG } from '../helpers/long.ts';
import { testHub } from '../hub/clients.ts';
import { fullDisk } from '../sinks/failing-files.ts';
import { firstOccurrences } from '../delivery/scripted-sink.ts';
import { eventsIn } from './event-file.ts';
import { startSim } from './sim-process.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from './small-world.ts';

const FROM_MS = Date.parse('2024-03-09T04:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const TO_MS = Date.parse('2024-03-10T01:00:00Z');
const ENTITY = 'retail-events';
const PARTITIONS = 4;
const BATCH = 25;
/** An answer that is lost costs that much; long enough that a busy machine loses none. */
const SEND_TIMEOUT_MS = 1_000;
const REALTIME = {
  max_batch_size: BATCH,
  max_buffer_size: 300,
  batch_timeout_ms: 5,
  send_timeout_ms: SEND_TIMEOUT_MS,
  retry_delay_ms: 5,
  retry_delay_max_ms: 50,
  circuit_breaker_failure_threshold: 3,
  circuit_breaker_recovery_timeout: 1,
};
const FAULTS: readonly Fault[] = [
  { kind: 'busy' },
  { kind: 'drop-before-store' },
  { kind: 'drop-after-store' },
  { kind: 'detach' },
  { kind: 'silence', forMs: 40 },
];
const LONG_SILENCE: Fault = { kind: 'silence', forMs: SEND_TIMEOUT_MS + 100 };

let world: SmallWorld;
/** Place of each event among those of its region. */
const expected = new Map<string, { readonly region: number; readonly place: number }>();

beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS, { realtime: REALTIME });
  const reference = world.copy();
  const regions: number[] = [];
  const makeWorld: MakeWorld = (settings, startMs, paths) => {
    const made = simulatedWorld(settings, startMs, paths);
    return {
      ...made,
      openRegion(id, facts, saved) {
        const noted = Object.entries(facts).map(([table, take]) => [
          table,
          (record: never) => {
            regions.push(id);
            (take as (record: never) => void)(record);
          },
        ]);
        return made.openRegion(id, Object.fromEntries(noted) as Record<FactName, never>, saved);
      },
    };
  };
  const { ended } = await RunningStream.start({
    settings: world.settings,
    paths: reference,
    makeWorld,
    sink: 'ndjson',
    catchUp: 'none',
    speed: Infinity,
    toMs: TO_MS,
  });
  await ended;
  const places = new Map<number, number>();
  eventsIn(reference).forEach(({ event_id }, index) => {
    const region = regions[index];
    const place = places.get(region) ?? 0;
    places.set(region, place + 1);
    expected.set(event_id, { region, place });
  });
  expect(places.size).toBe(2);
});
afterAll(() => world.remove());

function startHub(): Promise<Hub> {
  const entities = [{ name: ENTITY, partitionCount: PARTITIONS, consumerGroups: [] }];
  return testHub({ entities, retentionBytes: 64 << 20 });
}

function stream(paths: WorldPaths, hub: Hub) {
  const config = path.join(paths.root, 'config.json');
  writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME, realtime: REALTIME }));
  const flags = ['--mode', 'realtime', '--catch-up', 'none', '--speed', 'max'];
  const args = ['run', ...flags, '--out', paths.root, '--config', config];
  return startSim([...args, '--to', new Date(TO_MS).toISOString()], undefined, {
    [CONNECTION_VARIABLE]: hub.connectionString(ENTITY),
  });
}

/**
 * Checks that every event arrived, in one partition, in order by first occurrence, that repeats bear
 * the same id, and that the ledger says so.
 */
function account(hub: Hub, { journal }: WorldPaths): number[] {
  const arrived = new Set<string>();
  const repeats: number[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const ids = hub
      .partition(ENTITY, partition)
      .map(({ body }) => JSON.parse((body as Buffer).toString('utf8')).event_id as string);
    const found = firstOccurrences(ids);
    repeats.push(found.repeats);
    const last = new Map<number, number>();
    for (const id of found.first) {
      const { region, place } = expected.get(id) ?? { region: -1, place: -1 };
      expect(place, `${id} is no event of this world`).toBeGreaterThanOrEqual(0);
      expect(arrived.has(id), `${id} in two partitions`).toBe(false);
      arrived.add(id);
      expect(place, `${id} after a later one`).toBeGreaterThan(last.get(region) ?? -1);
      last.set(region, place);
    }
  }
  expect(arrived.size).toBe(expected.size);
  const total = readJournal(journal)!.ledger.total();
  expect(total).toMatchObject({
    generated: expected.size,
    sent: expected.size,
    acknowledged: expected.size,
    deadLettered: 0,
    inFlight: 0,
  });
  expect(repeats.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(total.possiblyRepeated);
  return repeats;
}

describe('a stream through everything', { timeout: 240_000 }, () => {
  // The driver in tests/chaos does as much, and more, in every run of the tests.
  it.runIf(IS_LONG)('loses nothing to faults and outages', async () => {
    const paths = world.copy();
    const hub = await startHub();
    const random = Substream.of(3, purposeKey('chaos', 'faults'));
    const faults = 16;
    for (let count = 0; count < faults; count++) {
      hub.faults.next(random.below(PARTITIONS), FAULTS[random.below(FAULTS.length)]);
    }
    hub.faults.next(random.below(PARTITIONS), LONG_SILENCE);
    const { ended } = stream(paths, hub);
    const outages = 3;
    for (let outage = 1; outage <= outages; outage++) {
      // By what has arrived, not by time: however slow the machine, it happens on the way.
      while (hub.stats().incomingEvents < (outage * expected.size) / 8) await sleep(5);
      await hub.outage(400);
    }
    const { code, stderr } = await ended;
    expect(stderr).toContain('everything is delivered');
    expect(stderr).toContain('The circuit breaker is open');
    expect(code).toBe(0);
    expect(hub.faults.pending).toBe(0);
    for (const count of account(hub, paths)) {
      expect(count).toBeLessThanOrEqual((faults + 1 + outages) * BATCH);
    }
  });

  it.runIf(IS_LONG)('loses nothing to kills at random moments', async () => {
    const paths = world.copy();
    const hub = await startHub();
    const random = Substream.of(4, purposeKey('chaos', 'kills'));
    const kills = 3;
    for (let life = 0; life < kills; life++) {
      const { child, ended } = stream(paths, hub);
      const enough = hub.stats().incomingEvents + random.below(expected.size / (kills + 3));
      while (hub.stats().incomingEvents <= enough) await sleep(1);
      child.kill('SIGKILL');
      expect((await ended).code).toBe(null);
    }
    const { code, stderr } = await stream(paths, hub).ended;
    expect(stderr).toContain('everything is delivered');
    expect(code).toBe(0);
    // One batch is under way in each partition when it dies.
    for (const count of account(hub, paths)) expect(count).toBeLessThanOrEqual(kills * BATCH);
  });

  it('ends cleanly when the disk is full, and loses nothing to it', async () => {
    const paths = world.copy();
    const hub = await startHub();
    const realtime = {
      ...world.settings.config.realtime,
      azure_connection_string: hub.connectionString(ENTITY),
    };
    const request = {
      settings: { ...world.settings, config: { ...world.settings.config, realtime } },
      paths,
      makeWorld: simulatedWorld,
      catchUp: 'none',
      speed: Infinity,
      toMs: TO_MS,
    } as const;
    const first = await RunningStream.start({ ...request, journalPort: fullDisk(20_000) });
    await expect(first.ended).rejects.toThrow(
      /Cannot write ".*delivery.journal": the disk is full/,
    );
    expect(first.status().state).toBe('failed');
    expect(hub.stats().incomingEvents).toBeGreaterThan(0);
    const second = await RunningStream.start(request);
    await expect(second.ended).resolves.toMatchObject({ settled: true });
    for (const count of account(hub, paths)) expect(count).toBeLessThanOrEqual(BATCH);
  });
});
