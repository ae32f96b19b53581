/** Questions about a world: views that add up, nothing but reading, and limits that hold. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { NAMED_VIEWS } from '../../src/query/named-views.ts';
import { WorldQuery } from '../../src/query/world-query.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { smallWorld } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), "sim-query-it's [1]-"));
const FROM_MS = Date.parse('2024-03-04');
const NO_HURRY = { limit: 100_000, timeoutMs: 600_000 };
let root: string;
let world: WorldQuery;

beforeAll(async () => {
  const made = await smallWorld(FROM_MS, FROM_MS + 2 * 86_400_000);
  ({ root } = made.copy());
  world = await WorldQuery.open(worldPaths(root));
  return () => {
    world.close();
    made.remove();
  };
}, 120_000);
afterAll(() => rmSync(base, { recursive: true }));

const one = async (sql: string) => (await world.answer(sql, NO_HURRY)).rows[0];

describe('the views', () => {
  it('are every table, and the named ones', async () => {
    for (const { name, kind, columns } of worldTables()) {
      const view = kind === 'closing' ? `closing_${name}` : name;
      expect(world.views).toContain(view);
      const { rows } = await world.answer(`DESCRIBE "${view}"`, NO_HURRY);
      expect(rows.map(([column]) => column)).toEqual(columns.map((column) => column.name));
    }
    expect(world.views).toEqual(expect.arrayContaining(Object.keys(NAMED_VIEWS)));
  });

  it('sales: every line once, the same money, and the time of the store', async () => {
    expect(await one('SELECT count(*), sum(ExtPrice) FROM sales')).toEqual(
      await one(`
        SELECT (SELECT count(*) FROM receipt_lines) + (SELECT count(*) FROM online_order_lines),
               (SELECT sum(Subtotal) FROM receipts) + (SELECT sum(Subtotal) FROM online_orders)`),
    );
    expect(
      await one("SELECT count(*) FROM sales WHERE Channel = 'STORE' AND LocalTS IS NULL"),
    ).toEqual(['0']);
    const [open, close] = await one(
      "SELECT min(hour(LocalTS)), max(hour(LocalTS)) FROM sales WHERE Channel = 'STORE'",
    );
    expect(Number(open)).toBeGreaterThanOrEqual(8);
    expect(Number(close)).toBeLessThanOrEqual(23);
  });

  it('visits: one for each entrance, with its receipt', async () => {
    expect(await one('SELECT count(*), count(ReceiptId), sum(Total) FROM visits')).toEqual(
      await one(`
        SELECT (SELECT count(DISTINCT SessionId) FROM foot_traffic WHERE Zone = 'ENTRANCE'),
               (SELECT count(*) FROM receipts), (SELECT sum(Total) FROM receipts)`),
    );
  });

  it('shipments and stock: all units', async () => {
    expect(await one('SELECT count(*), coalesce(sum(Units), 0) FROM shipments')).toEqual(
      await one(`
        SELECT (SELECT count(DISTINCT ShipmentId) FROM truck_moves),
               (SELECT coalesce(sum(Quantity), 0) FROM truck_inventory WHERE Action = 'LOAD')`),
    );
    expect(await one('SELECT sum(OnHand) FROM stock')).toEqual(
      await one(
        'SELECT (SELECT sum(OnHand) FROM closing_store_stock) + (SELECT sum(OnHand) FROM closing_dc_stock)',
      ),
    );
  });
});

describe.each([['parquet'], ['csv,parquet']])('the same world in %s', (format) => {
  let other: WorldQuery;
  beforeAll(async () => {
    const made = await smallWorld(FROM_MS, FROM_MS + 2 * 86_400_000, { output: { format } });
    other = await WorldQuery.open(worldPaths(made.copy().root));
    return () => {
      other.close();
      made.remove();
    };
  }, 120_000);

  it('has the same types and rows in every view', async () => {
    expect(other.views).toEqual(world.views);
    for (const view of world.views) {
      const type = `DESCRIBE "${view}"`;
      expect(await other.answer(type, NO_HURRY)).toEqual(await world.answer(type, NO_HURRY));
      const rows = `SELECT count(*) AS rows, sum(hash(v)::HUGEINT) AS content FROM "${view}" v`;
      expect([view, await other.answer(rows, NO_HURRY)]).toEqual([
        view,
        await world.answer(rows, NO_HURRY),
      ]);
    }
  });

  it('answers with ids as text, and instants in UTC', async () => {
    const { columns, rows } = await other.answer(
      "SELECT ReceiptId, EventTS, Total FROM receipts WHERE EventTS < '2024-03-05' ORDER BY ALL LIMIT 1",
      NO_HURRY,
    );
    expect(columns.map(({ type }) => type)).toEqual(['VARCHAR', 'TIMESTAMP', 'DECIMAL(18,2)']);
    expect(rows[0][0]).toMatch(/^R\d+-\d+$/);
    expect(rows[0][1]).toMatch(/^2024-03-04 /);
  });
});

describe('a question', () => {
  it.each([
    'DROP VIEW sales',
    'CREATE TABLE mine (a INTEGER)',
    "COPY (SELECT 1) TO 'mine.csv'",
    "ATTACH 'mine.db'",
    'SET threads = 1',
    'INSTALL httpfs',
    'SELECT 1; SELECT 2',
    '',
    'SELEC 1',
    'SELECT * FROM nowhere',
    "SELECT * FROM read_text('/etc/hosts')",
    "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
    `SELECT * FROM glob('${os.tmpdir()}/*')`,
  ])('is refused: %s', async (sql) => {
    await expect(world.answer(sql, NO_HURRY)).rejects.toThrow(/^Cannot (run|answer)/);
  });

  it('has no more rows than asked for, and says if there are more', async () => {
    expect(await world.answer('FROM range(10)', { ...NO_HURRY, limit: 10 })).toMatchObject({
      rows: Array.from({ length: 10 }, (_, index) => [String(index)]),
      isCut: false,
    });
    const cut = await world.answer('FROM range(1000000000000)', { ...NO_HURRY, limit: 3 });
    expect(cut).toMatchObject({ rows: [['0'], ['1'], ['2']], isCut: true });
  });

  it('is stopped when its time is over, and the next is answered', async () => {
    const endless = 'SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3';
    await expect(world.answer(endless, { limit: 1, timeoutMs: 200 })).rejects.toThrow(
      'took more than 0.2 s',
    );
    expect(await one('SELECT 1')).toEqual([1]);
  });
});

describe('sim query', () => {
  const ask = async (...words: string[]) => {
    const terminal = fakeTerminal();
    const code = await main(['query', ...words, '--out', root], terminal);
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  };

  it('prints a table, CSV, JSON', async () => {
    const sql = "SELECT 1 AS n, 'a,b' AS t, NULL AS nothing, 1.50::DECIMAL(18,2) AS money";
    expect((await ask(sql)).stdout).toBe(
      'n  t    nothing  money\n-  ---  -------  -----\n1  a,b            1.50\n',
    );
    expect((await ask(sql, '--format', 'csv')).stdout).toBe('n,t,nothing,money\n1,"a,b",,1.50\n');
    const row = { n: 1, t: 'a,b', nothing: null, money: 1.5 };
    expect(JSON.parse((await ask(sql, '--format', 'json')).stdout)).toEqual([row]);
    expect(JSON.parse((await ask(sql, '--format', 'ndjson')).stdout)).toEqual(row);
  });

  it('says what there is to ask about, and that rows are missing', async () => {
    expect((await ask()).stdout.split('\n')).toContain('receipts');
    const { code, stdout, stderr } = await ask('FROM receipts', '--limit', '2');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(stderr).toContain('these are the first 2 rows');
  });

  it.each(['csv', 'json', 'ndjson', 'parquet'])('writes all rows to a .%s file', async (ending) => {
    const output = path.join(base, `receipts.${ending}`);
    const file = path.join(base, 'question.sql');
    writeFileSync(file, 'FROM receipts;\n');
    const { code, stderr } = await ask('--file', file, '--output', output);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^Wrote .* rows to /);
    expect(existsSync(output)).toBe(true);
    if (ending === 'csv') {
      const [count] = await one('SELECT count(*) FROM receipts');
      expect(readFileSync(output, 'utf8').trimEnd().split('\n')).toHaveLength(Number(count) + 1);
    }
  });

  it('refuses what it cannot do', async () => {
    for (const [words, message] of [
      [['SELECT 1', '--output', 'x.xlsx'], 'expected a name that ends in .csv, .json'],
      [['SELECT 1', '--file', 'x.sql'], 'not both'],
      [['--file', path.join(base, 'none.sql')], 'Cannot read the query'],
      [['SELECT 1', '--limit', '0'], '--limit'],
    ] as const) {
      const { code, stdout, stderr } = await ask(...words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
    }
    const terminal = fakeTerminal();
    expect(await main(['query', 'SELECT 1', '--out', base], terminal)).toBe(2);
    expect(terminal.stderr()).toContain('There is no world in');
  });
});
