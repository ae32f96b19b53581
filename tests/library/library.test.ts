/** The library: the program without a command line. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  buildMasters,
  clear,
  type Fact,
  FACT_NAMES,
  generate,
  InputError,
  readState,
  simulate,
  startStream,
  verify,
  type WorldConfig,
  writeMasters,
} from '../../src/library/index.ts';
import {
  countDelivered,
  type OutgoingEvent,
  partitionOfKey,
  type StreamSink,
} from '../../src/library/sink.ts';
import { FACTS } from '../../src/domain/facts.ts';

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
  scenarios: ['holiday'],
} as const satisfies WorldConfig;
const WINDOW = { from: '2024-11-28', days: 2 } as const;

let base: string;
let out: string;

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'library-'));
  out = path.join(base, 'w');
  await generate(WORLD, { out, ...WINDOW, workers: 1 });
});
afterAll(() => rmSync(base, { recursive: true }));

/** Rows of a table's files, as text, in the order of time. */
function rowsOf(table: string): Record<string, string>[] {
  const folder = path.join(out, 'facts', table);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const rows = files
    .filter((file) => file.endsWith('.csv'))
    .flatMap((file) => parse(readFileSync(path.join(folder, file)), { columns: true }));
  return (rows as Record<string, string>[]).sort(byTime);
}

const byTime = (a: Record<string, string>, b: Record<string, string>) =>
  a.EventTS < b.EventTS ? -1 : a.EventTS > b.EventTS ? 1 : a.TraceId < b.TraceId ? -1 : 1;

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A row with its values as the CSV writes them. */
function asText({ table, row }: Fact): Record<string, string> {
  const texts = FACTS[table].columns.map(({ name, type }) => {
    const value = (row as Record<string, string | number | boolean | null>)[name];
    if (value === null) return [name, ''];
    return [name, type === 'money' ? (value as number).toFixed(2) : String(value)];
  });
  return Object.fromEntries(texts);
}

it('simulates the facts that a history writes, in the order of time', async () => {
  const facts = await all(simulate(WORLD, WINDOW));
  const instants = facts.map(({ row }) => row.EventTS);
  expect(instants).toEqual([...instants].sort());
  expect(new Set(facts.map(({ table }) => table)).size).toBeGreaterThan(12);
  for (const table of FACT_NAMES) {
    const rows = facts.filter((fact) => fact.table === table).map(asText);
    // Rows of one instant may stand in either order: regions know nothing of each other.
    const sorted = (list: Record<string, string>[]) =>
      list.map((row) => JSON.stringify(row)).sort();
    expect(sorted(rows), table).toEqual(sorted(rowsOf(table)));
  }
});

it('types the rows by their table, and creates only requested ones', async () => {
  const facts = await all(simulate(WORLD, { ...WINDOW, tables: ['receipts', 'store_ops'] }));
  let cents = 0;
  let opened = 0;
  for (const fact of facts) {
    if (fact.table === 'receipts') {
      cents +=
        Math.round(fact.row.Total * 100) - Math.round((fact.row.Subtotal + fact.row.Tax) * 100);
      expect(fact.row.ReceiptId).toMatch(/^R\d+-\d+$/);
    } else opened += fact.row.Operation === 'store_opened' ? 1 : 0;
  }
  expect(cents).toBe(0);
  expect(facts.filter(({ table }) => table === 'receipts')).toHaveLength(rowsOf('receipts').length);
  expect(opened).toBe(rowsOf('store_ops').filter((row) => row.Operation === 'store_opened').length);
});

it('simulates no further than its reader', async () => {
  // Years would take minutes and gigabytes.
  const facts = simulate(WORLD, { from: '2024-01-01', to: '2030-01-01' });
  const first = await facts.next();
  expect(first.done).toBe(false);
  await facts.return();
  expect(await facts.next()).toEqual({ done: true, value: undefined });
});

it('ends with the reason of its signal', async () => {
  const controller = new AbortController();
  const seen: Fact[] = [];
  const reading = (async () => {
    for await (const fact of simulate(WORLD, { ...WINDOW, signal: controller.signal })) {
      seen.push(fact);
      if (seen.length === 7) controller.abort(new Error('seven are enough'));
    }
  })();
  await expect(reading).rejects.toThrow('seven are enough');
  expect(seen).toHaveLength(7);
});

it('builds the dimension tables that are written', async () => {
  const masters = buildMasters(WORLD, { from: WINDOW.from });
  const folder = path.join(base, 'masters');
  await writeMasters(WORLD, { out: folder, from: WINDOW.from });
  for (const [table, rows] of Object.entries(masters)) {
    const written = parse(readFileSync(path.join(folder, 'master', `${table}.csv`)), {
      columns: true,
    }) as Record<string, string>[];
    expect([...rows], table).toHaveLength(written.length);
    expect(readFileSync(path.join(out, 'master', `${table}.csv`))).toEqual(
      readFileSync(path.join(folder, 'master', `${table}.csv`)),
    );
  }
  const [store] = masters.stores;
  const [written] = parse(readFileSync(path.join(folder, 'master/stores.csv')), {
    columns: true,
  }) as Record<string, string>[];
  expect(`${store.ID} ${store.Address} ${store.TimeZone}`).toBe(
    `${written.ID} ${written.Address} ${written.TimeZone}`,
  );
  // They can be read again.
  expect([...masters.stores]).toHaveLength(3);
});

it('continues a history, reads its state, verifies it, and removes it', async () => {
  const folder = path.join(base, 'parts');
  const controller = new AbortController();
  const stopped = await generate(WORLD, {
    out: folder,
    ...WINDOW,
    workers: 1,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(stopped.interrupted).toBe(true);
  expect(stopped.committedMs).toBeLessThan(Date.parse('2024-11-30'));
  expect(readState(folder)).toMatchObject({
    seed: 5,
    start: '2024-11-28T00:00:00.000Z',
    generatedTo: new Date(stopped.committedMs).toISOString(),
    scenarios: ['holiday'],
    running: false,
    stream: undefined,
  });
  const rest = await generate(WORLD, { out: folder, to: new Date('2024-11-30'), workers: 1 });
  expect(rest.committedMs).toBe(Date.parse('2024-11-30'));
  expect(readState(folder)?.worldId).toBe(readState(out)?.worldId);
  const report = await verify(folder);
  expect(report.broken).toBe(0);
  expect(report.factRows).toBe(stopped.rows + rest.rows);
  const { removed, foreign } = clear(folder);
  expect(removed.length).toBeGreaterThan(50);
  expect(foreign).toEqual([]);
  expect(readState(folder)).toBeUndefined();
});

it('streams to a sink of its own the facts of a history of the same time', async () => {
  const events: OutgoingEvent[] = [];
  const delivered = { events: 0, bytes: 0 };
  const sink: StreamSink = {
    name: 'own',
    maxBatchBytes: 1_000_000,
    delivered,
    open: () => Promise.resolve(2),
    partitionOf: (key) => partitionOfKey(key, 2),
    sizeOf: ({ body }) => body.length,
    send: async (_partition, batch) => {
      events.push(...batch);
      countDelivered(delivered, batch);
    },
    close: () => Promise.resolve(),
  };
  const to = '2024-11-30T18:00:00Z';
  const stream = await startStream(WORLD, { out, sink, speed: Infinity, to });
  expect(stream.target).toBe('own');
  expect(await stream.ended).toMatchObject({ settled: true, simulatedMs: Date.parse(to) });
  const facts = await all(simulate(WORLD, { from: WINDOW.from, to }));
  const later = facts.filter(({ row }) => row.EventTS >= '2024-11-30');
  expect(later.length).toBeGreaterThan(100);
  expect(events).toHaveLength(later.length);
  expect(delivered.events).toBe(later.length);
  expect(readState(out)?.stream?.total.acknowledged).toBe(later.length);
});

it('says what is wrong with its arguments', async () => {
  const wrong = { volume: { storez: 3 } } as unknown as WorldConfig;
  expect(() => buildMasters(wrong)).toThrow(/^Cannot use the config:\n.*storez.*stores/);
  const first = (options: object) => simulate(WORLD, options).next();
  await expect(first({ tables: ['reciepts'] })).rejects.toThrow(
    /^Unknown table "reciepts": expected some of .*did you mean "receipts"/,
  );
  await expect(first({ from: 'yesterday' })).rejects.toThrow(/^from: "yesterday"/);
  await expect(first({ from: new Date('x') })).rejects.toThrow(/^from is Invalid Date: expected/);
  await expect(first({ days: 0.5 })).rejects.toThrow('days is 0.5: expected a whole number');
  await expect(first({ to: '2024-02-01', days: 2 })).rejects.toThrow('give one of them');
  await expect(first({ to: '2023-01-01' })).rejects.toThrow(InputError);
});
