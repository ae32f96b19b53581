/** Previews against the files: which rows, in which order, how much is read. */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACTS } from '../../src/domain/facts.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';

const FROM = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

let world: SmallWorld;
const clients: Record<string, Client> = {};
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + 2 * DAY_MS + DAY_MS / 3);
  clients.plain = await testClient({ out: world.copy().root });
  const packed = path.join(clients.plain.root, '..', 'packed');
  await generateHistory({
    settings: world.settings,
    paths: worldPaths(packed),
    makeWorld: simulatedWorld,
    window: { fromMs: FROM, toMs: FROM + 2 * DAY_MS },
    compress: 'gzip',
    workers: 1,
    nowMs: () => FROM,
  });
  clients.gzip = await testClient({ out: packed });
});
afterAll(async () => {
  for (const client of Object.values(clients)) await client.close();
  world.remove();
});

type Record_ = Record<string, string>;
interface Preview {
  preview_rows: Record<string, string | number | boolean | null>[];
  row_count: number;
  date_partition: string | null;
  columns: string[];
}

/** All rows of a table of facts as its files have them, by time, then region. */
function rowsOf(root: string, table: string, day?: string): Record_[] {
  const folder = path.join(root, 'facts', table);
  return readdirSync(folder)
    .filter((name) => day === undefined || name === `dt=${day}`)
    .sort()
    .flatMap((name) =>
      readdirSync(path.join(folder, name))
        .filter((part) => /\.csv(\.gz)?$/.test(part))
        .flatMap((part) => {
          const bytes = readFileSync(path.join(folder, name, part));
          const text = part.endsWith('.gz') ? gunzipSync(bytes) : bytes;
          return parse(text, { columns: true }) as Record_[];
        }),
    );
}

const sorted = (rows: readonly Record_[], column: string) => rows.map((row) => row[column]).sort();
const asText = (value: unknown) => (value === null ? '' : String(value));

const preview = async (client: Client, url: string) => {
  const { status, body, text } = await client.ask<Preview>('GET', url);
  expect(status, text).toBe(200);
  return body;
};

describe.each(['plain', 'gzip'])('a world that is stored %s', (kind) => {
  it('shows the newest rows first, and the whole table page by page', async () => {
    const client = clients[kind];
    const all = rowsOf(client.root, 'receipts');
    const times = sorted(all, 'EventTS');
    const ids: string[] = [];
    for (let offset = 0; offset < all.length; offset += 70) {
      const page = await preview(client, `/api/facts/receipts?limit=70&offset=${offset}`);
      expect(page.row_count).toBe(all.length);
      ids.push(...page.preview_rows.map((row) => String(row.ReceiptId)));
      const shown = page.preview_rows.map((row) => row.EventTS);
      expect(shown).toEqual(times.toReversed().slice(offset, offset + 70));
    }
    expect(ids.toSorted()).toEqual(sorted(all, 'ReceiptId'));
    const first = await preview(client, '/api/facts/receipts?limit=7&order=EventTS');
    expect(first.preview_rows.map((row) => row.EventTS)).toEqual(times.slice(0, 7));
  });

  it('shows recent rows of the newest day, in any order among them', async () => {
    const client = clients[kind];
    const page = await preview(client, '/api/facts/receipts/recent?limit=20&order=-Total');
    const day = kind === 'plain' ? '2024-01-03' : '2024-01-02';
    expect(page.date_partition).toBe(day);
    const totals = page.preview_rows.map((row) => row.Total as number);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    const newest = sorted(rowsOf(client.root, 'receipts', day), 'EventTS').slice(-20);
    expect(page.preview_rows.map((row) => row.EventTS).toSorted()).toEqual(newest);
  });

  it('shows one day in any order, values as their columns say', async () => {
    const client = clients[kind];
    const rows = rowsOf(client.root, 'receipts', '2024-01-02');
    const page = await preview(client, '/api/facts/receipts/2024-01-02?limit=1000&order=Total');
    expect(page.preview_rows.length).toBe(Math.min(1000, rows.length));
    const expected = rows.map((row) => Number(row.Total)).sort((a, b) => a - b);
    expect(page.preview_rows.map((row) => row.Total)).toEqual(expected.slice(0, 1000));
    const byTime = await preview(client, '/api/facts/receipts/2024-01-02?limit=3');
    expect(byTime.preview_rows.map((row) => row.EventTS)).toEqual(
      sorted(rows, 'EventTS').slice(0, 3),
    );
  });

  it('counts the rows of the day that is shown', async () => {
    const client = clients[kind];
    const rows = rowsOf(client.root, 'receipts', '2024-01-02').length;
    for (const query of ['limit=3', 'limit=3&order=-Total', 'offset=10&limit=1']) {
      const page = await preview(client, `/api/facts/receipts/2024-01-02?${query}`);
      expect(page).toMatchObject({ row_count: rows, date_partition: '2024-01-02' });
    }
    const recent = await preview(client, '/api/facts/receipts/recent?limit=3');
    const { length } = rowsOf(client.root, 'receipts', recent.date_partition!);
    expect(recent.row_count).toBe(length);
  });

  it('shows fields as in the file, and sorts them by their values', async () => {
    const client = clients[kind];
    const rows = rowsOf(client.root, 'receipts', '2024-01-02');
    const url = '/api/facts/receipts/2024-01-02?limit=1000&values=text';
    const page = await preview(client, url);
    const byId = new Map(rows.map((row) => [row.ReceiptId, row]));
    expect(page.preview_rows.length).toBe(Math.min(1000, rows.length));
    for (const row of page.preview_rows) expect(row).toEqual(byId.get(String(row.ReceiptId)));
    // Somebody paid no discount: a number would be 0.
    expect(page.preview_rows.map(({ Discount }) => Discount)).toContain('0.00');
    for (const path of ['2024-01-02', 'recent']) {
      const ordered = await preview(
        client,
        `/api/facts/receipts/${path}?limit=50&order=-Total&values=text`,
      );
      const totals = ordered.preview_rows.map(({ Total }) => Number(Total));
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    }
  });

  const tables = ['receipts', 'payments', 'truck_moves', 'store_ops', 'online_orders', 'reorders'];
  it.each(tables)('shows %s field by field', async (table) => {
    const client = clients[kind];
    const page = await preview(client, `/api/facts/${table}/2024-01-02?limit=1000`);
    const files = rowsOf(client.root, table, '2024-01-02').map((row) =>
      page.columns.map((name) => plainNumber(row[name])).join('|'),
    );
    const shown = page.preview_rows.map((row) =>
      page.columns.map((name) => asText(row[name])).join('|'),
    );
    expect(shown.length).toBe(Math.min(1000, files.length));
    expect(files).toEqual(expect.arrayContaining(shown));
    const summary = await client.ask('GET', `/api/facts/${table}/summary`);
    expect(summary.body.columns).toEqual(page.columns);
  });
});

/** `12.30` as JavaScript has it. */
const plainNumber = (text: string) => (/^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text);

describe('masters', () => {
  it('are shown in the order of the file or another one', async () => {
    const client = clients.plain;
    const page = await preview(client, '/api/master/customers?limit=2&offset=5');
    expect(page.preview_rows.map((row) => row.ID)).toEqual([6, 7]);
    expect(page.row_count).toBe(600);
    const last = await preview(client, '/api/master/customers?limit=1&order=-ID');
    expect(last.preview_rows[0].ID).toBe(600);
    const { body } = await client.ask('GET', '/api/master/stores/summary');
    expect(body).toMatchObject({ total_records: 3, table_type: 'master', days: null });
  });
});

describe('what clients of an older system read', () => {
  it('is in the answers about a whole table and about its newest rows', async () => {
    const client = clients.plain;
    const { length } = rowsOf(client.root, 'receipts');
    const days = ['2024-01-01', '2024-01-02', '2024-01-03'];
    const whole = await client.ask('GET', '/api/facts/receipts?limit=3');
    expect(whole.body).toMatchObject({
      total_records: length,
      partitions: days.map((date) => ({ date, records: null })),
      partition_count: 3,
    });
    const recent = await client.ask('GET', '/api/facts/receipts/recent?limit=3');
    expect(recent.body).toMatchObject({
      count: 3,
      total_estimated: length,
      partition_count: 3,
      most_recent_date: '2024-01-03',
    });
    const further = await client.ask('GET', '/api/facts/receipts/recent?offset=10000');
    expect(further.body).toMatchObject({ count: 0, date_partition: '2024-01-03' });
  });
});

describe('what cannot be shown', () => {
  it.each([
    ['/api/facts/receipts?limit=0', 400, 'limit'],
    ['/api/facts/receipts?limit=1001', 400, 'limit'],
    ['/api/facts/receipts?limit=ten', 400, 'limit'],
    ['/api/facts/receipts?offset=-1', 400, 'offset'],
    ['/api/facts/receipts?order=Nothing', 400, 'order'],
    ['/api/facts/receipts?order=Total', 400, 'order'],
    ["/api/facts/receipts/2024-01-02?order=Total';--", 400, 'order'],
    ['/api/facts/receipts/2024-01-02?order=Total&limit=101&offset=4900', 400, 'offset'],
    ['/api/facts/reciepts', 404, 'receipts'],
    ['/api/facts/..%2F..%2Fmaster', 404, 'table'],
    ['/api/facts/receipts/2024-13-45', 404, 'date'],
    ['/api/facts/receipts/2031-01-01', 404, 'date'],
    ['/api/facts/receipts/yesterday', 400, 'date'],
    ['/api/master/receipts', 404, 'table'],
    ['/api/master/toString', 404, 'table'],
  ])('%s is %i', async (url, status, text) => {
    const answer = await clients.plain.ask('GET', url);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });
});

describe('a table without rows', () => {
  it.each(['2024-01-01', '2024-01-02', '2024-01-03'])(
    'has none on %s, a day of the history',
    async (day) => {
      const client = await testClient({ out: world.copy().root });
      try {
        const page = await preview(client, `/api/facts/supply_chain_disruption/${day}?order=-DCID`);
        expect(page.preview_rows).toEqual([]);
      } finally {
        await client.close();
      }
    },
  );
});

describe('a text over several lines', () => {
  it('is one field of one row', async () => {
    const client = await testClient({ out: world.copy().root });
    try {
      const folder = path.join(client.root, 'facts', 'supply_chain_disruption', 'dt=2024-01-03');
      const part = path.join(folder, 'part-1.csv');
      const names = FACTS.supply_chain_disruption.columns.map(({ name }) => name);
      const header = names.join(',');
      const row = (second: number, text: string) => {
        const values: Record<string, string> = {
          TraceId: `D1-${second}`,
          EventTS: `2024-01-03T00:00:0${second}.000Z`,
          DCID: '1',
          Description: `"${text}"`,
        };
        return names.map((name) => values[name] ?? '').join(',');
      };
      mkdirSync(folder);
      writeFileSync(part, `${header}\n${row(1, 'one\ntwo, three')}\n${row(2, 'a ""word""')}\n`);
      const page = await preview(client, '/api/facts/supply_chain_disruption/2024-01-03?limit=5');
      const texts = page.preview_rows.map((shown) => shown.Description);
      expect(texts.slice(0, 2)).toEqual(['one\ntwo, three', 'a "word"']);
    } finally {
      await client.close();
    }
  });
});

describe('while a run generates data', () => {
  it('parts under a temporary name are ignored, and a part that is renamed is no error', async () => {
    const client = await testClient({ out: world.copy().root });
    try {
      const day = path.join(client.root, 'facts', 'receipts', 'dt=2024-01-03');
      const [part] = readdirSync(day).sort();
      const rows = (await preview(client, '/api/facts/receipts/2024-01-03?limit=1000'))
        .preview_rows;
      renameSync(path.join(day, part), path.join(day, `${part}.tmp`));
      appendFileSync(path.join(day, `${part}.tmp`), 'half a ro');
      const fewer = (await preview(client, '/api/facts/receipts/2024-01-03?limit=1000'))
        .preview_rows;
      expect(fewer.length).toBeLessThan(rows.length);
      mkdirSync(path.join(client.root, 'facts', 'receipts', 'dt=2024-01-04'));
      writeFileSync(path.join(client.root, 'facts', 'receipts', 'dt=2024-01-04', 'part-1.csv'), '');
      const recent = await preview(client, '/api/facts/receipts/recent?limit=5');
      expect(recent.date_partition).toBe('2024-01-03');
      expect(client.faults).toEqual([]);
    } finally {
      await client.close();
    }
  });
});
