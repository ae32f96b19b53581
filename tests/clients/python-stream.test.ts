/**
 * Microsoft's Python client reads a stream that is killed five times, into a hub that restarts: every event of
 * the files, and no more repeats than the ledger counts.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { takeLock } from '../../src/store/lock.ts';
import { ENTITY, testHub, until } from '../hub/clients.ts';
import { IS_LONG } from '../helpers/long.ts';
import { startSim } from '../run/sim-process.ts';
import { HOW_TO_ENABLE, PYTHON, startPythonReader } from './python.ts';

const HOUR_MS = 3_600_000;
const PATIENT_MS = 120_000;
const KILLS = 5;
const CONFIG = {
  seed: 5,
  volume: {
    stores: 2,
    dcs: 2,
    total_geographies: 8,
    total_customers: 400,
    total_products: 300,
    customers_per_day: 600,
    online_orders_per_day: 200,
  },
};

const base = mkdtempSync(path.join(os.tmpdir(), 'python-stream-'));
afterAll(() => rmSync(base, { recursive: true }));

async function sim(args: readonly string[], environment = {}): Promise<string> {
  const { code, stdout, stderr } = await startSim(args, undefined, environment).ended;
  expect(code, stderr).toBe(0);
  return stdout;
}

it.skipIf(PYTHON === undefined).each(IS_LONG ? [60, 1200] : [1200])(
  `the Python client reads a stream at speed %i over ${KILLS} kills and a restart of the hub (${HOW_TO_ENABLE})`,
  { timeout: 600_000 },
  async (speed) => {
    const out = path.join(base, `world-${speed}`);
    const config = path.join(base, 'config.json');
    writeFileSync(config, JSON.stringify(CONFIG));
    const world = ['--config', config, '--out', out];
    const from = new Date(Date.now() - 20 * HOUR_MS).toISOString();
    const to = new Date(Date.now() - 60_000).toISOString();
    await sim(['run', '--mode', 'history', ...world, '--from', from, '--to', to]);
    const begun = path.join(base, `begun-${speed}`);
    cpSync(out, begun, { recursive: true });

    const data = { folder: path.join(base, `hub-${speed}`), lock: takeLock };
    let hub = await testHub({ data });
    const { port } = hub;
    const environment = { [CONNECTION_VARIABLE]: hub.connectionString(ENTITY) };
    const checkpoint = path.join(base, `offsets-${speed}.json`);
    const reader = startPythonReader(hub.connectionString(ENTITY), '$Default', checkpoint);
    // The default catch-up: what the clock has passed meanwhile goes to files.
    const live = ['run', '--mode', 'realtime', ...world, '--speed', String(speed)];
    for (let life = 1; life <= KILLS; life++) {
      const unique = new Set(reader.ids).size;
      const { child, ended } = startSim(live, undefined, environment);
      await until(() => new Set(reader.ids).size >= unique + 20, PATIENT_MS);
      child.kill('SIGKILL');
      expect((await ended).code).toBeNull();
      if (life !== 3) continue;
      await hub.close();
      hub = await testHub({ data, port });
    }
    const rest = ['--catch-up', 'none', '--speed', 'max'];
    const frontier = await standing(world);
    const endMs = Date.parse(frontier.frontier) + HOUR_MS;
    const end = new Date(endMs).toISOString();
    await sim(['run', '--mode', 'realtime', ...world, ...rest, '--to', end], environment);
    const { stretches, total } = await standing(world);
    const expected = await idsOfFiles(begun, config, end, stretches);
    expect(expected.length).toBeGreaterThan(200);
    await until(() => new Set(reader.ids).size >= expected.length, PATIENT_MS);
    await reader.kill();
    expect(reader.complaints()).toBe('');
    expect([...new Set(reader.ids)].toSorted()).toEqual(expected.toSorted());
    const repeats = reader.ids.length - expected.length;
    expect(repeats).toBeLessThanOrEqual(total.possiblyRepeated);
    expect(total).toMatchObject({
      generated: expected.length,
      acknowledged: expected.length,
      deadLettered: 0,
      inFlight: 0,
    });
    await hub.close();
    // The files follow, and nothing in them is another world's.
    await sim(['run', '--mode', 'history', ...world, '--to', end]);
  },
);

interface Standing {
  readonly frontier: string;
  readonly stretches: readonly { readonly from: string; readonly to: string }[];
  readonly total: Readonly<Record<string, number>>;
}

async function standing(world: readonly string[]): Promise<Standing> {
  return JSON.parse(await sim(['status', '--json', ...world])).stream;
}

/** Ids of all facts in some stretches, as an undisturbed stream of the same world has them. */
async function idsOfFiles(
  begun: string,
  config: string,
  end: string,
  stretches: Standing['stretches'],
): Promise<string[]> {
  const world = ['--config', config, '--out', begun];
  const how = ['--catch-up', 'none', '--speed', 'max', '--sink', 'ndjson', '--to', end];
  await sim(['run', '--mode', 'realtime', ...world, ...how]);
  const lines = readFileSync(path.join(begun, 'stream', 'events.ndjson'), 'utf8').trimEnd();
  const within = (atMs: number) =>
    stretches.some(({ from, to }) => atMs >= Date.parse(from) && atMs < Date.parse(to));
  return lines
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event_timestamp }) => within(Date.parse(event_timestamp)))
    .map(({ event_id }) => event_id);
}
