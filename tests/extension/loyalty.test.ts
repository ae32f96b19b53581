/** A world with an extension: its table, column, effect and actor come along wherever those of the program do. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { estimateRun } from '../../src/run/estimate.ts';
import {
  type AnyFact,
  generate,
  InputError,
  registerExtension,
  simulate,
  startStream,
  verify,
  type WorldConfig,
} from '../../src/library/index.ts';
import { countDelivered, partitionOfKey, type StreamSink } from '../../src/library/sink.ts';
import { loadConfig } from '../../src/world/config.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { serve } from '../browser/browser.ts';
import { startSim } from '../run/sim-process.ts';

const MODULE = new URL('../../examples/extension/loyalty.ts', import.meta.url);
const WORLD = {
  seed: 5,
  volume: {
    stores: 3,
    dcs: 2,
    total_geographies: 8,
    total_customers: 300,
    total_products: 200,
    customers_per_day: 40,
    online_orders_per_day: 10,
  },
} as const satisfies WorldConfig;
const DOUBLED = {
  ...WORLD,
  scenarios: [
    fileURLToPath(new URL('../../examples/extension/double-points.yaml', import.meta.url)),
  ],
};
const WINDOW = { from: '2024-01-01', days: 2 } as const;
const TO = '2024-01-04';

let base: string;
/** Two days, by two threads. */
let out: string;
/** The world without the extension. */
let plain: Map<string, AnyFact['row'][]>;

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'extension-'));
  out = path.join(base, 'two-threads');
  plain = await factsOf(WORLD);
  await registerExtension(MODULE);
  await generate(DOUBLED, { out, ...WINDOW, workers: 2 });
});
afterAll(() => rmSync(base, { recursive: true }));

async function factsOf(world: WorldConfig): Promise<Map<string, AnyFact['row'][]>> {
  const found = new Map<string, AnyFact['row'][]>();
  for await (const { table, row } of simulate(world, WINDOW)) {
    found.set(table, [...(found.get(table) ?? []), row]);
  }
  return found;
}

function contentOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const contents = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .filter((file) => /[\\/](facts|master|schema|closing)[\\/]/.test(file))
    .map((file): [string, string] => [path.relative(folder, file), readFileSync(file, 'utf8')]);
  return new Map(contents.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function rowsOf(folder: string, table: string): Record<string, string>[] {
  const facts = path.join(folder, 'facts', table);
  return readdirSync(facts, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .flatMap((file): Record<string, string>[] =>
      parse(readFileSync(path.join(facts, file)), { columns: true }),
    );
}

it('changes nothing of the other facts', async () => {
  const facts = await factsOf(WORLD);
  expect(facts.get('loyalty_points')).not.toBeUndefined();
  for (const [table, rows] of plain) {
    const found = facts.get(table)!;
    const same = table === 'receipts' ? found.map(({ Points: _points, ...row }) => row) : found;
    expect(same, table).toEqual(rows);
  }
});

it('writes its table, its column at the end, and both in the schema', () => {
  const receipts = rowsOf(out, 'receipts');
  expect(Object.keys(receipts[0]).at(-1)).toBe('Points');
  const booked = rowsOf(out, 'loyalty_points');
  expect(Object.keys(booked[0])).toEqual([
    ...['TraceId', 'EventTS', 'StoreID', 'CustomerID', 'ReceiptId', 'Points'],
  ]);
  const early = receipts.filter(({ EventTS }) => EventTS < '2024-01-02T23');
  const points = new Map(early.map(({ ReceiptId, Points }) => [ReceiptId, Points]));
  expect(new Map(booked.map(({ ReceiptId, Points }) => [ReceiptId, Points]))).toEqual(points);
  const sql = readFileSync(path.join(out, 'schema', 'schema.sql'), 'utf8');
  expect(sql).toMatch(/CREATE TABLE "?loyalty_points"?/);
});

it('obeys scenarios with its effect, where and when they say', () => {
  for (const { Total, Points, StoreID, EventTS } of rowsOf(out, 'receipts')) {
    const factor = StoreID === '1' && EventTS >= '2024-01-02T05' && EventTS < '2024-01-03T05';
    // Days are those of the store: around midnight UTC either may be so.
    if (StoreID === '1' && EventTS.slice(11, 13) < '10') continue;
    expect(Number(Points), EventTS).toBe(Math.floor(Number(Total) * (factor ? 2 : 1)));
  }
});

it('makes the same bytes by one thread, and continued in the middle of a day', async () => {
  const one = path.join(base, 'one-thread');
  await generate(DOUBLED, { out: one, from: '2024-01-01', to: '2024-01-02T15:00:00Z', workers: 1 });
  await generate(DOUBLED, { out: one, to: '2024-01-03', workers: 1 });
  expect(contentOf(one)).toEqual(contentOf(out));
});

it('streams its facts as events that name their causes', async () => {
  const world = path.join(base, 'streamed');
  cpSync(out, world, { recursive: true });
  const bodies: Record<string, unknown>[] = [];
  const delivered = { events: 0, bytes: 0 };
  const sink: StreamSink = {
    name: 'kept',
    maxBatchBytes: 1_000_000,
    delivered,
    open: () => Promise.resolve(2),
    partitionOf: (key) => partitionOfKey(key, 2),
    sizeOf: ({ body }) => body.length,
    send: (_partition, batch) => {
      for (const { body } of batch) bodies.push(JSON.parse(new TextDecoder().decode(body)));
      countDelivered(delivered, batch);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const stream = await startStream(DOUBLED, {
    out: world,
    sink,
    speed: Number.POSITIVE_INFINITY,
    to: TO,
  });
  expect((await stream.ended).settled).toBe(true);
  await generate(DOUBLED, { out: world, to: TO });
  const printed = new Map(
    bodies
      .filter(({ event_type: type }) => type === 'receipt_created')
      .map(({ event_id: id, payload }) => [id, (payload as { points: number }).points]),
  );
  const booked = bodies.filter(({ event_type: type }) => type === 'loyalty_points_booked');
  expect(printed.size).toBeGreaterThan(0);
  expect(booked.length).toBeGreaterThan(0);
  for (const { event_id: id, parent_event_id: parent, payload } of booked) {
    const { receipt_id: receipt, points } = payload as { receipt_id: string; points: number };
    expect(id).toBe(`loyalty_points:${receipt}`);
    expect(parent).toBe(`receipts:${receipt}`);
    if (printed.has(String(parent))) expect(points).toBe(printed.get(String(parent)));
  }
  const files = rowsOf(world, 'loyalty_points').filter(({ EventTS }) => EventTS >= '2024-01-03');
  expect(booked.map(({ event_id: id }) => id).sort()).toEqual(
    files.map(({ ReceiptId }) => `loyalty_points:${ReceiptId}`).sort(),
  );
});

it('is verified, by the checks of all tables and by its own', async () => {
  expect((await verify(out)).broken).toBe(0);
  const damaged = path.join(base, 'damaged');
  cpSync(out, damaged, { recursive: true });
  const part = path.join(damaged, 'facts', 'loyalty_points', 'dt=2024-01-01', 'part-1.csv');
  const [header, first, second, ...rest] = readFileSync(part, 'utf8').split('\n');
  const wrong = first.replace(/\d+$/, (points) => String(Number(points) + 1));
  writeFileSync(part, [header, wrong, second, second, ...rest].join('\n'));
  const { checks } = await verify(damaged);
  const broken = checks.filter(({ violations }) => violations > 0).map(({ id }) => id);
  expect(broken).toContain('loyalty.1');
  // Keys are unique.
  expect(broken).toContain('01a');
});

it('is estimated', () => {
  const window = { startMs: 0, fromMs: 0, toMs: 86_400_000 };
  const { tables } = estimateRun(loadConfig(undefined, 'small'), window);
  const rows = new Map(tables.map(({ table, rows }) => [String(table), rows]));
  expect(rows.get('loyalty_points')).toBe(rows.get('receipts'));
});

it('has its effects read with the messages of the others', () => {
  const scenario = (effect: string) => `name: it
title: It
description: It.
window: { from: 2024-01-02, to: 2024-01-03 }
effects:
  - ${effect}
`;
  const read = (effect: string) => () => parseScenario(scenario(effect), 'it.yaml');
  expect(read('{ kind: loyaltyBonus, factor: 2, ramp: { upHours: 1 } }')).not.toThrow();
  expect(read('{ kind: loyaltyBonus, factor: -2 }')).toThrow(/effects\[0\].factor is -2.*from 0/);
  expect(read('{ kind: loyaltyBonus, factr: 2 }')).toThrow(/factr is unknown here.*"factor"/);
  expect(read('{ kind: loyalty }')).toThrow(/traffic.*loyaltyBonus/);
});

it('is asked for by a command that finds its world, which says how', async () => {
  const { code, stderr } = await startSim(['status', '--out', out]).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('was made with the extension "loyalty"');
  expect(stderr).toContain('--extension FILE');
});

it('is refused by a world without it', async () => {
  const without = path.join(base, 'without');
  const small = ['--preset', 'small', '--from', '2024-01-01', '--to', '2024-01-01T09:00'];
  const made = await startSim(['run', '--out', without, ...small]).ended;
  expect(made.code, made.stderr).toBe(0);
  await expect(generate({ preset: 'small' }, { out: without, days: 1 })).rejects.toThrow(
    /was made without the extension "loyalty"/,
  );
  await expect(generate({ preset: 'small' }, { out: without, days: 1 })).rejects.toThrow(
    InputError,
  );
});

it('is generated by a server, and looked at there', async () => {
  const config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify(WORLD));
  const server = await serve({
    out: path.join(base, 'served'),
    args: ['--config', config, '--extension', fileURLToPath(MODULE)],
    script: 'src/cli.ts',
  });
  try {
    const answer = async (route: string) => (await fetch(server.url + route)).text();
    const begun = await fetch(`${server.url}/api/generate/historical`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ end_date: '2024-01-02' }),
    });
    expect(begun.status, await begun.text()).toBe(200);
    await expect
      .poll(() => answer('/api/facts/loyalty_points?limit=1'), { timeout: 60_000 })
      .toMatch(/"Points": ?\d/);
    expect(await answer('/api/facts/tables')).toContain('loyalty_points');
    expect(await answer('/api/stream/event-types')).toContain('loyalty_points_booked');
  } finally {
    await server.stop();
  }
});
