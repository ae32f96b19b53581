/**
 * The calls of docs/loading.md over a quarter of a small world, a year of it in the long tests: every table, all rows,
 * types and nulls kept. The Python readers need SIM_TEST_PYTHON, the interpreter that has tests/clients/requirements.txt;
 * Spark, in the long tests, requirements-spark.txt as well, and Java 17.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../src/contracts/contract.ts';
import { CONTRACT_FORMATS } from '../../src/contracts/formats.ts';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { IS_LONG } from '../helpers/long.ts';
import { codeOf } from './doc-code.ts';
import { PostgresCluster } from './postgres.ts';
import { available, findProgram, hasPythonModule, output, PYTHON } from './programs.ts';
import { DAYS, type Found, filesOf, foundIn, makeReadersWorld } from './readers-world.ts';

const PATIENCE_MS = 600_000;
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-readers-'));
const world = path.join(base, 'w');
const tables = worldTables();
let expected: Found;

beforeAll(async () => {
  await makeReadersWorld(world);
  expected = foundIn(world);
}, PATIENCE_MS);
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('the world is one that tells readers apart: sparse tables, nulls, ZIP codes with zeros', () => {
  expect(Object.keys(expected.rows)).toHaveLength(tables.length);
  expect(filesOf(world, 'facts/supply_chain_disruption/dt=*/part-*.csv').length).toBeLessThan(
    0.3 * DAYS,
  );
  // Nobody orders online: the tables have their header alone.
  for (const table of ['online_orders', 'online_order_lines', 'online_order_status']) {
    expect(expected.rows[table]).toBe(0);
    expect(filesOf(world, `facts/${table}/dt=*/part-*.csv`)).toEqual([
      path.join(world, 'facts', table, 'dt=2023-01-01', 'part-0.csv'),
    ]);
  }
  expect(expected.noStore).toBeGreaterThan(0);
  expect(expected.zips.every((zip) => /^0\d{4}$/.test(zip))).toBe(true);
});

/** What SQL answers; the same in all three dialects but for instants and empty texts. */
const QUESTIONS = `
  SELECT ZipCode FROM geographies_master ORDER BY ID;
  SELECT CAST(round(sum(Total) * 100) AS BIGINT) FROM receipts;
  SELECT count(*) FROM stockouts WHERE coalesce(CAST(StoreID AS VARCHAR), '') = '';`;
const counts = tables.map(({ name }) => `SELECT count(*) FROM ${name};`).join('\n');

/** Answers to QUESTIONS and counts, a line each. */
function fromLines(text: string): Omit<Found, 'lastMs'> {
  const lines = text.trimEnd().split('\n');
  const places = expected.zips.length;
  const numbers = lines.slice(places).map(Number);
  return {
    zips: lines.slice(0, places),
    totalCents: numbers[0],
    noStore: numbers[1],
    rows: Object.fromEntries(tables.map(({ name }, at) => [name, numbers[at + 2]])),
  };
}

const withoutLast = ({ lastMs: _, ...rest }: Found) => rest;

describe('DuckDB', () => {
  const [plain, intoTables] = codeOf('DuckDB', 'sql');
  const here = (sql: string) => sql.replaceAll("'w/", `'${world}/`);

  it('reads every table by its plain call, with its types', { timeout: PATIENCE_MS }, async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const [receipts, places] = plain.trim().split('\n');
    for (const { name, kind, columns } of tables.filter(({ kind }) => kind === 'fact')) {
      const call = here(receipts.replace('receipts', name));
      const rows = await connection.runAndReadAll(call.replace('*', 'count(*)'));
      expect([name, Number(rows.getRows()[0][0])]).toEqual([name, expected.rows[name]]);
      if (kind !== 'fact' || expected.rows[name] === 0) continue;
      const described = await connection.runAndReadAll(`DESCRIBE ${call}`);
      const types = Object.fromEntries(described.getRows().map(([column, type]) => [column, type]));
      expect(types).toEqual({
        ...Object.fromEntries(columns.map((column) => [column.name, GUESSED[column.type]])),
        dt: 'DATE',
      });
    }
    const zips = await connection.runAndReadAll(here(places).replace('*', 'ZipCode'));
    expect(zips.getRows().map(([zip]) => zip)).toEqual(expected.zips);
  });

  it('loads tables made by schema.sql, with keys and nulls checked', {
    timeout: PATIENCE_MS,
  }, async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(readFileSync(path.join(world, 'schema', 'schema.sql'), 'utf8'));
    const [, copyFacts] = intoTables.trim().split('\n');
    for (const { name, files } of tables) {
      await connection.run(
        here(
          copyFacts
            .replace(' receipts ', ` ${name} `)
            .replace('w/facts/receipts/*/part-*.csv', `w/${files}`),
        ),
      );
    }
    const lines: string[] = [];
    for (const query of (QUESTIONS + counts).split(';').slice(0, -1)) {
      const answer = await connection.runAndReadAll(query);
      lines.push(...answer.getRows().map(([value]) => String(value)));
    }
    expect(fromLines(`${lines.join('\n')}\n`)).toEqual(withoutLast(expected));
  });
});

/** What DuckDB takes a column for that it is told nothing about. */
const GUESSED: Readonly<Record<string, string>> = {
  id: 'VARCHAR',
  ble: 'VARCHAR',
  ad: 'VARCHAR',
  text: 'VARCHAR',
  choice: 'VARCHAR',
  int: 'BIGINT',
  money: 'DOUBLE',
  real: 'DOUBLE',
  bool: 'BOOLEAN',
  date: 'DATE',
  instant: 'TIMESTAMP WITH TIME ZONE',
};

/** A shell loop of the docs, for another table. */
function forTable(loop: string, name: string, files: string): string {
  return loop
    .replace('w/facts/receipts/dt=*/part-*.csv', `w/${files}`)
    .replace(/\breceipts\b/, name);
}

const sqlite = findProgram('sqlite3');
describe.skipIf(
  !available(sqlite !== undefined, 'SQLite is not tested: there is no sqlite3 on the PATH'),
)('SQLite', () => {
  it('imports every table', { timeout: PATIENCE_MS }, async () => {
    const [code] = codeOf('SQLite', 'sh');
    const [make, ...loop] = code.split('\n');
    const script = [
      make,
      ...tables.map(({ name, files }) => forTable(loop.join('\n'), name, files)),
    ];
    // It waits for the disk after each of thousands of files; who loads a world does not need that either.
    writeFileSync(path.join(base, '.sqliterc'), 'PRAGMA synchronous = OFF;\n');
    const home = { HOME: base };
    await output('bash', ['-euo', 'pipefail', '-c', script.join('\n')], base, '', home);
    const answers = await output('sqlite3', ['world.db'], base, QUESTIONS + counts);
    expect(fromLines(answers)).toEqual(withoutLast(expected));
  });
});

describe.skipIf(
  !available(PostgresCluster.isThere(), 'PostgreSQL is not tested: there is no initdb and psql'),
)('PostgreSQL', () => {
  it('copies every table, keys and nulls checked', { timeout: PATIENCE_MS }, async () => {
    const cluster = await PostgresCluster.start(base);
    try {
      const [code] = codeOf('PostgreSQL', 'sh');
      const [make, , ...loop] = code.split('\n');
      const script = [
        make,
        ...tables.map(({ name, files }) => forTable(loop.join('\n'), name, files)),
      ];
      await cluster.shell(
        script.join('\n').replaceAll('psql world', 'psql -q -v ON_ERROR_STOP=1 world'),
      );
      const answers = await cluster.query(QUESTIONS + counts);
      expect(fromLines(answers)).toEqual(withoutLast(expected));
      // What `sim schema` prints: keys to other tables hold once all rows are there.
      const contract = CONTRACT_FORMATS['sql-postgres'].text(
        contracts().filter(({ kind }) => kind !== 'event'),
        WORLD_VERSION,
      );
      const keysAt = contract.search(/^ALTER TABLE \w+ ADD FOREIGN KEY/m);
      await cluster.shell('createdb kept');
      await cluster.query(contract.slice(0, keysAt), 'kept');
      const copies = tables.map(({ name, files }) => forTable(loop.join('\n'), name, files));
      await cluster.shell(
        copies.join('\n').replaceAll('psql world', 'psql -q -v ON_ERROR_STOP=1 kept'),
      );
      await cluster.query(contract.slice(keysAt), 'kept');
      const keys = await cluster.query(
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated",
        'kept',
      );
      expect(Number(keys)).toBe(contract.match(/ADD FOREIGN KEY/g)?.length);
    } finally {
      await cluster.stop();
    }
  });
});

/** What is asked of frames, in the words of each library; `read` is that of the docs. */
const ASKED: Readonly<Record<string, { readonly module: string; readonly code: string }>> = {
  pandas: {
    module: 'pandas',
    code: `
rows = {name: len(read(name)) for name in tables}
zips = list(read("geographies_master")["ZipCode"])
total = round(float(receipts["Total"].sum()) * 100)
none = int(read("stockouts")["StoreID"].isna().sum())
last = round(receipts["EventTS"].max().timestamp() * 1000)`,
  },
  Polars: {
    module: 'polars',
    code: `
rows = {name: read(name).height for name in tables}
zips = read("geographies_master")["ZipCode"].to_list()
total = round(receipts["Total"].sum() * 100)
none = read("stockouts")["StoreID"].null_count()
last = round(receipts["EventTS"].max().timestamp() * 1000)`,
  },
  'Apache Arrow': {
    module: 'pyarrow',
    code: `
import pyarrow.compute as pc
rows = {name: read(name).num_rows for name in tables}
zips = read("geographies_master")["ZipCode"].to_pylist()
total = round(pc.sum(receipts["Total"]).as_py() * 100)
none = read("stockouts")["StoreID"].null_count
last = round(pc.max(receipts["EventTS"]).as_py().timestamp() * 1000)`,
  },
  Spark: {
    module: 'pyspark',
    code: `
from pyspark.sql import functions as f
rows = {name: read(name).count() for name in tables}
zips = [row.ZipCode for row in read("geographies_master").orderBy("ID").collect()]
total = round(receipts.agg(f.sum("Total")).first()[0] * 100)
none = read("stockouts").where("StoreID IS NULL").count()
last = receipts.agg(f.unix_millis(f.max("EventTS"))).first()[0]`,
  },
};

/** Spark lists the folders of a table itself, instead of by a job of hundreds of tasks. */
const SPARK = {
  PYSPARK_SUBMIT_ARGS:
    '--conf spark.sql.sources.parallelPartitionDiscovery.threshold=100000 ' +
    '--conf spark.ui.enabled=false pyspark-shell',
};

describe.each(Object.entries(ASKED))('%s', (heading, { module, code }) => {
  // Spark takes a minute, and half a gigabyte to install.
  const isAsked = heading !== 'Spark' || IS_LONG;
  const isThere =
    isAsked &&
    available(
      hasPythonModule(module),
      `${heading} is not tested: SIM_TEST_PYTHON names no Python that has ${module} (tests/clients)`,
    ) &&
    (heading !== 'Spark' ||
      available(
        findProgram('java') !== undefined,
        'Spark is not tested: it needs Java 17, and there is none',
      ));
  it.skipIf(!isThere)('reads the tables as they are', { timeout: PATIENCE_MS }, async () => {
    const [call] = codeOf(heading, 'python');
    const answer = `
print("ANSWER" + json.dumps({"rows": rows, "zips": zips, "totalCents": int(total), "noStore": none, "lastMs": int(last)}))
`;
    const said = await output(PYTHON!, ['-'], base, `${call}\n${code}\n${answer}`, SPARK);
    const found: Found = JSON.parse(said.slice(said.indexOf('ANSWER') + 6));
    expect(found).toEqual(expected);
  });
});
