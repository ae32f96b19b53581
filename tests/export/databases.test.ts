/** A world in a database file: all rows with their types, once, also after the world has grown. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import sqlite from 'node-sqlite3-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NAMED_VIEWS } from '../../src/query/named-views.ts';
import { WorldQuery } from '../../src/query/world-query.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { available, succeeds } from '../clients/programs.ts';
import type { SmallWorld } from '../run/small-world.ts';
import { begunWorld, exported, exportWorld, grow } from './worlds.ts';

const base = mkdtempSync(path.join(os.tmpdir(), "sim-export-it's [2]-"));
const tables = worldTables();
let made: SmallWorld;
let made2: SmallWorld;

beforeAll(async () => {
  made = await begunWorld();
  made2 = await begunWorld({ output: { format: 'parquet' } });
  return () => [made, made2].map((world) => world.remove());
}, 120_000);
afterAll(() => rmSync(base, { recursive: true }));

/** A query's answer as text, whatever the types. */
type Ask = (sql: string) => Promise<string>;

async function inWorld({ root }: WorldPaths, use: (ask: Ask) => Promise<void>): Promise<void> {
  const world = await WorldQuery.open(worldPaths(root));
  try {
    await use(async (sql) =>
      JSON.stringify((await world.answer(sql, { limit: 1e9, timeoutMs: 600_000 })).rows),
    );
  } finally {
    world.close();
  }
}

async function inDuckdb(file: string, use: (ask: Ask) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    await use(async (sql) => JSON.stringify((await connection.runAndReadAll(sql)).getRowsJson()));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows and a figure of all values of all rows. */
const contentOf = (name: string) =>
  `SELECT count(*) AS rows, sum(hash(v::VARCHAR)::HUGEINT)::VARCHAR AS content FROM ${name} v`;

async function expectSameContent(paths: WorldPaths, file: string): Promise<void> {
  await inWorld(paths, (here) =>
    inDuckdb(file, async (there) => {
      const closing = tables.filter(({ kind }) => kind === 'closing');
      const names = [
        ...tables.filter((table) => !closing.includes(table)).map(({ name }) => name),
        ...closing.map(({ name }) => `closing_${name}`),
        ...Object.keys(NAMED_VIEWS),
      ];
      for (const name of names) {
        expect([name, await there(contentOf(name))]).toEqual([name, await here(contentOf(name))]);
      }
    }),
  );
}

describe('DuckDB', () => {
  const file = path.join(base, 'new folder', 'w.duckdb');
  let paths: WorldPaths;

  it('has every row of every table and view, with its types', async () => {
    paths = made.copy();
    await exported(paths.root, '--to', 'duckdb', '--output', file);
    await expectSameContent(paths, file);
    await inDuckdb(file, async (ask) => {
      expect(await ask('SELECT typeof(EventTS), typeof(Total) FROM receipts LIMIT 1')).toBe(
        '[["TIMESTAMP","DECIMAL(18,2)"]]',
      );
    });
  }, 60_000);

  it('tells what every table, column and view is', async () => {
    await inDuckdb(file, async (ask) => {
      const told = await ask(
        'SELECT (SELECT count(*) FROM duckdb_tables() WHERE comment IS NOT NULL), count(*), count(comment) ' +
          "FROM duckdb_columns() WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE table_name NOT LIKE 'sim_export%')",
      );
      const columns = String(tables.reduce((sum, table) => sum + table.columns.length, 0));
      expect(JSON.parse(told)).toEqual([[String(tables.length), columns, columns]]);
      expect(await ask("SELECT comment FROM duckdb_views() WHERE view_name = 'visits'")).toBe(
        JSON.stringify([[NAMED_VIEWS.visits.about]]),
      );
    });
  });

  it('gets the new rows alone once the world has grown, also from a copy in Parquet', async () => {
    const before = (await exported(paths.root, '--to', 'duckdb', '--output', file)).rows;
    const grown = made2.copy();
    await grow(made2, grown);
    const { newRows, rows } = await exported(grown.root, '--to', 'duckdb', '--output', file);
    const expected = tables.reduce(
      (sum, { name, kind }) => sum + rows[name] - (kind === 'closing' ? 0 : before[name]),
      0,
    );
    expect(newRows).toBe(expected);
    await expectSameContent(grown, file);
    const again = await exported(grown.root, '--to', 'duckdb', '--output', file);
    expect(again).toEqual({ newRows: 0, rows, compared: true });
  }, 60_000);

  it('refuses a world that reaches less far, and another one', async () => {
    const shorter = await exportWorld(paths.root, '--to', 'duckdb', '--output', file);
    expect(shorter.code).toBe(2);
    expect(shorter.stderr).toMatch(
      /reaches 2024-03-06T00:00:00.000Z, and this one only 2024-03-05/,
    );
    const other = await begunWorld({ seed: 6 });
    try {
      const foreign = await exportWorld(other.copy().root, '--to', 'duckdb', '--output', file);
      expect(foreign.code).toBe(2);
      expect(foreign.stderr).toMatch(/There is the world \w{16} in ".*", and this is the world \w/);
    } finally {
      other.remove();
    }
  }, 60_000);

  it('says so when somebody has changed the rows', async () => {
    const paths = made.copy();
    const file = path.join(base, 'changed.duckdb');
    await exported(paths.root, '--to', 'duckdb', '--output', file);
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('UPDATE payments SET Amount = Amount + 0.01 WHERE rowid = 5');
    connection.closeSync();
    instance.closeSync();
    const { code, stderr } = await exportWorld(paths.root, '--to', 'duckdb', '--output', file);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The table payments in ".*changed.duckdb" is not that of the world: sum of Amount: \d+ in the world, \d+ in the copy/,
    );
  }, 60_000);

  it('refuses files and tables of something else', async () => {
    const { root } = made.copy();
    const text = path.join(base, 'text.duckdb');
    writeFileSync(text, 'no database');
    const wrong = await exportWorld(root, '--to', 'duckdb', '--output', text);
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('it is no database of DuckDB that can be opened'),
    ]);
    expect(readFileSync(text, 'utf8')).toBe('no database');
    for (const [sql, message] of [
      [
        'CREATE TABLE receipts (Total INTEGER)',
        'The table receipts in "FILE" has no column TraceId',
      ],
      [
        'CREATE TABLE zone_layout AS SELECT 1 AS Zone, 2 AS AdjacentZone, 3 AS Mine',
        'The table zone_layout in "FILE" has a column mine that the world does not have',
      ],
      [
        "CREATE TABLE zone_layout AS SELECT 'A' AS Zone, 'B' AS AdjacentZone",
        'The table zone_layout in "FILE" has rows that no export wrote',
      ],
    ]) {
      const file = path.join(base, `${message.length}.duckdb`);
      const instance = await DuckDBInstance.create(file);
      const connection = await instance.connect();
      await connection.run(sql);
      connection.closeSync();
      instance.closeSync();
      const { code, stderr } = await exportWorld(root, '--to', 'duckdb', '--output', file);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message.replace('FILE', file))]);
    }
  }, 60_000);
});

describe('SQLite', () => {
  const file = path.join(base, 'w.sqlite');
  const all = (sql: string) => {
    const database = new sqlite.Database(file, { readOnly: true });
    try {
      return database.all(sql).map((row) => Object.values(row));
    } finally {
      database.close();
    }
  };
  /** The same figures, in the words of SQLite and of DuckDB. */
  const questions = (cast: string) => [
    ...tables.map(({ name, kind }) => [
      `SELECT count(*) FROM ${name}`,
      `SELECT count(*) FROM ${kind === 'closing' ? 'closing_' : ''}${name}`,
    ]),
    ...[
      `SELECT sum(${cast}) FROM receipts`,
      'SELECT sum(Balance) FROM store_inventory_txn',
      'SELECT count(*) FROM receipt_lines WHERE PromoCode IS NULL',
    ].map((sql) => [sql, sql]),
  ];

  it('has every row, every key holds, and the world that has grown follows', async () => {
    const paths = made.copy();
    const before = await exported(paths.root, '--to', 'sqlite', '--output', file);
    expect(existsSync(`${file}.export`)).toBe(false);
    await grow(made, paths);
    const after = await exported(paths.root, '--to', 'sqlite', '--output', file);
    expect(after.newRows).toBeLessThan(before.newRows + after.newRows);
    expect(all('PRAGMA foreign_key_check')).toEqual([]);
    expect(all('PRAGMA integrity_check')).toEqual([['ok']]);
    await inWorld(paths, async (ask) => {
      const there = questions('CAST(round(Total * 100) AS INTEGER)');
      const here = questions('CAST(Total * 100 AS INTEGER)');
      for (const [at, [sql]] of there.entries()) {
        const expected = JSON.parse(await ask(here[at][1]))[0].map(Number);
        expect([sql, all(sql)[0]]).toEqual([sql, expected]);
      }
      const first = JSON.parse(
        await ask(
          "SELECT ReceiptId, strftime(EventTS, '%Y-%m-%dT%H:%M:%S.%gZ'), StoreID, Total::DOUBLE FROM receipts ORDER BY ReceiptId LIMIT 5",
        ),
      );
      expect(
        all('SELECT ReceiptId, EventTS, StoreID, Total FROM receipts ORDER BY ReceiptId LIMIT 5'),
      ).toEqual(first);
    });
  }, 60_000);

  const python = succeeds('python3', ['-c', 'import sqlite3']);
  it.skipIf(
    !available(python, 'Python does not read SQLite: there is no python3 with sqlite3 on the PATH'),
  )('is read by Python', () => {
    const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("SELECT count(*), sum(CAST(round(Total * 100) AS INTEGER)), min(typeof(EventTS)), min(typeof(StoreID)) FROM receipts").fetchone())`;
    const [[count, cents]] = all(
      'SELECT count(*), sum(CAST(round(Total * 100) AS INTEGER)) AS cents FROM receipts',
    );
    const told = execFileSync('python3', ['-c', script, file], { encoding: 'utf8' });
    expect(told.trim()).toBe(`(${count}, ${cents}, 'text', 'integer')`);
  });

  it('goes on although an export that was killed left the lock of its library', async () => {
    mkdirSync(`${file}.lock`);
    const paths = made.copy();
    await grow(made, paths);
    expect((await exported(paths.root, '--to', 'sqlite', '--output', file)).newRows).toBe(0);
  }, 60_000);

  it('refuses a file that another program has left half-changed', async () => {
    const half = path.join(base, 'half.sqlite');
    writeFileSync(half, '');
    writeFileSync(`${half}-journal`, 'pages');
    const { code, stderr } = await exportWorld(
      made.copy().root,
      '--to',
      'sqlite',
      '--output',
      half,
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('Open it once with sqlite3')]);
  });

  it('refuses a file of something else', async () => {
    const text = path.join(base, 'text.sqlite');
    writeFileSync(text, 'no database, and long enough to be taken for one'.repeat(20));
    const { code, stderr } = await exportWorld(
      made.copy().root,
      '--to',
      'sqlite',
      '--output',
      text,
    );
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('it is no database of SQLite that can be opened'),
    ]);
  });
});
