/** A world in a PostgreSQL server: rows, keys and comments there, the new rows alone later, and clear words for faults. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../src/contracts/contract.ts';
import { postgresKeys } from '../../src/contracts/sql-postgres.ts';
import { postgresFault } from '../../src/export/postgres-fault.ts';
import { WorldQuery } from '../../src/query/world-query.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { PostgresCluster } from '../clients/postgres.ts';
import { available } from '../clients/programs.ts';
import type { SmallWorld } from '../run/small-world.ts';
import { startSim } from '../run/sim-process.ts';
import { begunWorld, exported, exportWorld, grow } from './worlds.ts';

const PATIENCE_MS = 240_000;
const tables = worldTables();
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-export-pg-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const before = { ...process.env };

describe.skipIf(
  !available(
    PostgresCluster.isThere(),
    'Exports to PostgreSQL are not tested: there is no initdb and psql',
  ),
)('a server', () => {
  let cluster: PostgresCluster;
  let made: SmallWorld;
  let paths: WorldPaths;

  beforeAll(async () => {
    cluster = await PostgresCluster.start(base);
    Object.assign(process.env, cluster.environment);
    made = await begunWorld();
    paths = made.copy();
    return async () => {
      made.remove();
      for (const name of Object.keys(cluster.environment)) delete process.env[name];
      Object.assign(process.env, before);
      await cluster.stop();
    };
  }, PATIENCE_MS);

  /** Counts of all tables, and sums of money and stock. */
  const FIGURES = [
    ...tables.map(({ name }) => `SELECT count(*) FROM SCHEMA.${name}`),
    'SELECT sum(Total) FROM SCHEMA.receipts',
    'SELECT sum(Amount) FROM SCHEMA.payments',
    'SELECT sum(Balance) FROM SCHEMA.store_inventory_txn',
    'SELECT sum(OnHand) FROM SCHEMA.store_stock',
    'SELECT count(*) FROM SCHEMA.receipt_lines WHERE PromoCode IS NULL',
  ];

  async function expectSame(schema: string): Promise<void> {
    const there = await cluster.query(FIGURES.join(';\n').replaceAll('SCHEMA', schema));
    const world = await WorldQuery.open(worldPaths(paths.root));
    try {
      const here: string[] = [];
      for (const sql of FIGURES) {
        const closing = tables.find(
          ({ name, kind }) => kind === 'closing' && sql.includes(`.${name}`),
        );
        const name = closing === undefined ? '' : 'closing_';
        const { rows } = await world.answer(sql.replace('SCHEMA.', name), {
          limit: 1,
          timeoutMs: PATIENCE_MS,
        });
        here.push(String(rows[0][0]));
      }
      expect(there.trimEnd().split('\n')).toEqual(here);
    } finally {
      world.close();
    }
  }

  const toSchema = (name: string) => ['--to', 'postgres', '--schema', name];

  it('has no tables yet, and is told to create them', async () => {
    const { code, stderr } = await exportWorld(paths.root, ...toSchema('public'));
    expect(code).toBe(2);
    expect(stderr).toContain('There is no table geographies_master in database "world" at ');
    expect(stderr).toContain('Add --create');
  });

  it('has every row, with keys, foreign keys and comments', { timeout: PATIENCE_MS }, async () => {
    await exported(paths.root, ...toSchema('retail'), '--create');
    await expectSame('retail');
    const keys = await cluster.query(
      "SELECT contype, count(*) FROM pg_constraint WHERE connamespace = 'retail'::regnamespace AND convalidated GROUP BY 1 ORDER BY 1",
    );
    const all = contracts().filter(({ kind }) => kind !== 'event');
    const expected = postgresKeys(all);
    const count = (what: string) => expected.filter((sql) => sql.includes(what)).length;
    expect(keys).toContain(`f|${count('ADD FOREIGN KEY')}\n`);
    expect(keys).toContain(`p|${tables.length}\n`);
    expect(keys).toContain(`u|${count('ADD UNIQUE')}\n`);
    const told = await cluster.query(
      "SELECT count(*) FROM pg_description WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'retail'::regnamespace)",
    );
    const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
    expect(Number(told)).toBe(tables.length + columns);
    const types = await cluster.query(
      "SELECT pg_typeof(EventTS), pg_typeof(Total), extract(epoch FROM min(EventTS) OVER ()) >= extract(epoch FROM timestamptz '2024-03-04 00:00Z') FROM retail.receipts LIMIT 1",
    );
    expect(types).toBe('timestamp with time zone|numeric|t\n');
  });

  it('takes tables that others have made, with their keys', { timeout: PATIENCE_MS }, async () => {
    const { CONTRACT_FORMATS } = await import('../../src/contracts/formats.ts');
    const all = contracts().filter(({ kind }) => kind !== 'event');
    const sql = CONTRACT_FORMATS['sql-postgres'].text(all, 5);
    await cluster.query(`CREATE SCHEMA own; SET search_path TO own;\n${sql}`);
    await exported(paths.root, ...toSchema('own'));
    await expectSame('own');
  });

  it('gets the new rows alone, under its keys', { timeout: PATIENCE_MS }, async () => {
    const { rows: had } = await exported(paths.root, ...toSchema('retail'), '--create');
    await grow(made, paths);
    for (const schema of ['retail', 'own']) {
      const { newRows, rows } = await exported(paths.root, ...toSchema(schema));
      const expected = tables.reduce(
        (sum, { name, kind }) => sum + rows[name] - (kind === 'closing' ? 0 : had[name]),
        0,
      );
      expect(newRows).toBe(expected);
      await expectSame(schema);
      expect((await exported(paths.root, ...toSchema(schema))).newRows).toBe(0);
    }
  });

  it('goes on after it was killed', { timeout: PATIENCE_MS }, async () => {
    const args = ['export', paths.root, ...toSchema('killed'), '--create'];
    const done = async () =>
      Number(await cluster.query('SELECT count(*) FROM killed.sim_export_parts').catch(() => '0'));
    for (const parts of [5, 60]) {
      const { child, ended } = startSim(args);
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      while (!isOver && (await done()) < parts);
      child.kill('SIGKILL');
      const { code, stderr } = await ended;
      expect([code, stderr]).toEqual([null, expect.not.stringContaining('error')]);
      expect(await done()).toBeGreaterThanOrEqual(parts);
    }
    const { newRows, rows } = await exported(paths.root, ...toSchema('killed'), '--create');
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    expect(newRows).toBeLessThan(all);
    await expectSame('killed');
  });

  it('is told apart from tables of another form', { timeout: PATIENCE_MS }, async () => {
    await cluster.query('CREATE SCHEMA other; CREATE TABLE other.receipts (Total numeric)');
    const { code, stderr } = await exportWorld(paths.root, ...toSchema('other'), '--create');
    expect(code).toBe(2);
    expect(stderr).toContain('schema other has no column TraceId');
    const bad = await exportWorld(paths.root, ...toSchema('Not"good'));
    expect([bad.code, bad.stderr]).toEqual([
      2,
      expect.stringContaining('--schema is "Not\\"good"'.replace('\\', '')),
    ]);
  });

  it('lets one export in at a time', { timeout: PATIENCE_MS }, async () => {
    const holding = cluster.query(
      "SELECT pg_advisory_lock(7563629, hashtext('retail')); SELECT pg_sleep(30)",
    );
    holding.catch(() => {});
    let stderr = '';
    for (let tries = 0; tries < 50 && !stderr.includes('Another export'); tries++) {
      ({ stderr } = await exportWorld(paths.root, ...toSchema('retail')));
    }
    expect(stderr).toContain('schema retail is at work. Wait until it ends.');
    await cluster.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
    );
  });

  it('says what is wrong, and never a password', { timeout: PATIENCE_MS }, async () => {
    await cluster.query("CREATE ROLE guest LOGIN PASSWORD 'the-right-one'");
    await cluster.askPassword('guest');
    const { PGHOST = '' } = process.env;
    const failures = [
      [{ PGUSER: 'guest', PGPASSWORD: 'a-wrong-one' }, /the password is wrong \(28P01\)/],
      [{ PGUSER: 'guest' }, /it asks for a password. Set it in PGPASSWORD or ~\/.pgpass/],
      [
        { PGUSER: 'guest', PGPASSWORD: 'the-right-one' },
        /the user has no right to do that \(42501\)/,
      ],
      [{ PGDATABASE: 'nowhere' }, /"nowhere" .* there is no such database \(3D000\)/],
      [{ PGHOST: path.join(PGHOST, 'none') }, /there is no socket of a server \(ENOENT\)/],
      [
        { PGHOST: '127.0.0.1', PGPORT: '1' },
        /127.0.0.1:1: no server answers there \(ECONNREFUSED\)/,
      ],
    ] as const;
    for (const [environment, message] of failures) {
      const kept = { ...process.env };
      Object.assign(process.env, environment);
      const { code, stderr } = await exportWorld(paths.root, ...toSchema('retail2'), '--create');
      for (const name of Object.keys(environment)) delete process.env[name];
      Object.assign(process.env, kept);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/wrong-one|right-one/);
      expect(code).toBe(1);
    }
  });
});

describe('an address', () => {
  it.each([
    'localhost/world',
    'mysql://me:secret-word@host/db',
    'postgres://me:secret-word@ho st/db',
  ])('of another form is refused without showing it: %s', async (url) => {
    const made = await exportWorld('nowhere', '--to', 'postgres', '--url', url);
    expect(made.code).toBe(2);
    expect(made.stderr).not.toContain('secret-word');
    expect(made.stderr).toContain('--url is no address of PostgreSQL');
  });

  it('is named without its password', async () => {
    const url = 'postgres://me:secret-word@127.0.0.1:1/retail';
    const { code, stderr } = await exportWorld('nowhere', '--to', 'postgres', '--url', url);
    expect(code).toBe(1);
    expect(stderr).toContain('database "retail" at 127.0.0.1:1: no server answers there');
    expect(stderr).not.toContain('secret-word');
  });
});

it('a fault of this program keeps its stack', () => {
  const error = new TypeError('x is not a function');
  expect(postgresFault('database "w"', error)).toBe(error);
});

it.each([
  ['53100', 'its disk is full (53100). Free some space there.'],
  ['57P01', 'it was shut down (57P01)'],
  ['', 'the connection was lost. Look after the server.'],
  ['XX000', 'gone wrong (XX000). Mend that.'],
])('code %s is told with what to do, and that nothing is written twice', (code, message) => {
  const fault = postgresFault(
    'database "w"',
    Object.assign(
      new Error(code ? 'gone wrong' : 'Connection terminated unexpectedly'),
      code && { code },
    ),
  );
  expect(String(fault)).toContain(message);
  expect(String(fault)).toContain('Run again afterwards: what is there is not written twice.');
});
