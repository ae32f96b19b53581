/** `sim report`: what it prints and writes, its exit codes, and what it says of shuffled copies. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { reportWorld } from '../../src/report/report.ts';
import type { RealismReport } from '../../src/report/result.ts';
import { readTargets } from '../../src/report/targets.ts';
import { Database } from '../../src/verify/database.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-report-command-'));
const START_MS = Date.parse('2024-03-04T00:00:00Z');
let small: SmallWorld;
let world: string;
/** What the report says of it, as JSON. */
let report: RealismReport;
let strict: Awaited<ReturnType<typeof sim>>;
beforeAll(async () => {
  small = await smallWorld(START_MS, START_MS + 8 * 86_400_000);
  world = small.copy().root;
  strict = await sim(world, '--json', '--strict', '--html');
  report = JSON.parse(strict.stdout);
});
afterAll(() => {
  small?.remove();
  rmSync(base, { recursive: true });
});

async function sim(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['report', ...words], terminal, () => {
    throw new Error('a report makes no world');
  });
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('sim report', () => {
  it('prints every target, and why some cannot be measured', async () => {
    const file = path.join(base, 'page.html');
    const { code, stdout, stderr } = await sim(world, '--html', file);
    expect(code).toBe(0);
    for (const { id } of readTargets()) expect(stdout).toContain(` ${id} `);
    expect(stdout).toContain('cannot be measured: it takes 360 days, and the world covers 8');
    expect(stdout).toMatch(/\d+ of \d+ targets are met \(\d+ %\), \d+ are missed, \d+ cannot be/);
    expect(stderr).toContain(`Wrote ${file}`);
    expect(readFileSync(file, 'utf8')).toContain('</html>');
  });

  it('ends with 1 under --strict, since a week misses some; JSON has all figures', () => {
    expect(report.missed).toBeGreaterThan(0);
    expect(strict.code).toBe(1);
    expect(report.statistics).toHaveLength(readTargets().length);
    const lines = report.statistics.find(({ id }) => id === 'baskets.lines.mean');
    expect(lines).toMatchObject({ target: { default: 8.2 }, verdict: expect.any(String) });
  });

  it('writes a page that needs nothing else, with a plot of all that was measured', () => {
    const file = path.join(world, 'report.html');
    expect(strict.stderr).toContain(`Wrote ${file}`);
    const page = readFileSync(file, 'utf8');
    const { statistics, pictures } = report;
    for (const { id } of statistics) expect(page).toContain(`<section id="${id}"`);
    const drawn = statistics.filter(({ measured }) => measured !== undefined).length;
    expect(drawn).toBeGreaterThan(20);
    expect(page.match(/<svg /g)).toHaveLength(drawn + pictures.length);
    expect(page).not.toMatch(/<script|<link|src=|href="(?!#)|url\(/);
  });

  it('refuses what it cannot read, with exit code 2', async () => {
    const empty = path.join(base, 'nothing');
    const { code, stderr } = await sim(empty);
    expect(code).toBe(2);
    expect(stderr).toContain(`Cannot report on "${empty}": it has no generation_state.json`);
    const bad = await sim(world, '--against', empty);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain(`Cannot compare with "${empty}": expected the folder of a world`);
    const both = await sim(world, '--against', world, '--html');
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('Cannot use --html with --against');
  });
});

describe('a copy whose columns were shuffled', () => {
  const verdictOf = ({ statistics }: RealismReport, statistic: string) =>
    statistics.find(({ id }) => id === statistic)?.verdict;

  it.each([
    [
      ['receipts', 'Subtotal', 'joint.receipt-lines'],
      ['receipts', 'SessionId', 'joint.receipt-visit'],
      ['receipt_lines', 'ProductID', 'joint.line-stock'],
      ['marketing', 'CampaignId', 'joint.impression-campaign'],
    ],
    [
      ['receipts', 'TenderType', 'joint.receipt-payment'],
      ['receipts', 'CustomerID', 'joint.receipt-customer'],
      ['receipt_lines', 'Qty', 'joint.line-price'],
      ['online_orders', 'Subtotal', 'joint.order-lines'],
    ],
  ])('misses what they tell together: %j, %j, %j, %j', async (...shuffled) => {
    const copy = small.copy().root;
    for (const [table, column] of shuffled) shuffle(path.join(copy, 'facts', table), column);
    const after = await reportWorld(copy);
    for (const [, , statistic] of shuffled) {
      expect(verdictOf(report, statistic), statistic).toBe('met');
      expect(verdictOf(after, statistic), statistic).toBe('missed');
    }
  });
});

describe('sim report --against', () => {
  it('finds a world like itself', async () => {
    const same = await sim(world, '--against', world, '--strict', '--json');
    expect(same.code).toBe(0);
    expect(JSON.parse(same.stdout)).toMatchObject({ least: 1 });
  });

  it('finds a copy with a shuffled column unlike it in pairs alone', async () => {
    const copy = small.copy().root;
    shuffle(path.join(copy, 'facts/receipt_lines'), 'UnitPrice');
    const { code, stdout } = await sim(world, '--against', copy, '--strict', '--json');
    expect(code).toBe(1);
    const { tables } = JSON.parse(stdout);
    const lines = tables.find(({ table }: { table: string }) => table === 'receipt_lines');
    for (const { distance } of lines.columns) expect(distance).toBe(1);
    const pair = lines.pairs.find(
      ({ columns }: { columns: string[] }) =>
        columns.includes('UnitPrice') && columns.includes('ExtPrice'),
    );
    expect(pair.distance).toBeLessThan(0.8);
  });

  it('compares with an extract as Parquet, by the columns that both have', async () => {
    const file = path.join(base, 'receipts.parquet');
    const database = await Database.open();
    await database.run(`
      COPY (
        SELECT EventTS, Subtotal * 2 AS Subtotal, TenderType
        FROM read_csv('${world}/facts/receipts/dt=*/part-*.csv', header = true, hive_partitioning = false)
      ) TO '${file}' (FORMAT parquet)`);
    database.close();
    const { code, stdout } = await sim(world, '--against', file);
    expect(code).toBe(0);
    expect(stdout).toContain('✓ 1.00  TenderType');
    expect(stdout).toMatch(/✗ 0\.\d\d {2}Subtotal/);
    expect(stdout).toContain('receipt_lines');
  });
});

/** Moves the values of a column one row on in every part, and the last to the first row. */
function shuffle(folder: string, column: string): void {
  for (const day of readdirSync(folder)) {
    for (const part of readdirSync(path.join(folder, day))) {
      const file = path.join(folder, day, part);
      const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
      const at = header.split(',').indexOf(column);
      const cells = rows.map((row) => row.split(','));
      const values = cells.map((row) => row[at]);
      cells.forEach((row, index) => {
        row[at] = values[(index + 1) % values.length];
      });
      writeFileSync(file, `${[header, ...cells.map((row) => row.join(','))].join('\n')}\n`);
    }
  }
}
