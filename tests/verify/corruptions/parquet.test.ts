/** Parquet files that are missing, added, cut or changed, alone and beside CSV: the checks of files name them. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../../src/domain/dimensions.ts';
import { readTable } from '../../../src/tables/parquet/read-table.ts';
import type { CheckResult } from '../../../src/verify/result.ts';
import { verifyWorld } from '../../../src/verify/verify.ts';
import { writeSmallWorld } from './world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'parquet-of-a-world-'));
const alone = path.join(base, 'parquet');
const both = path.join(base, 'both');
const world = path.join(base, 'world');
beforeAll(async () => {
  await writeSmallWorld(alone, 2, ['parquet']);
  await writeSmallWorld(both, 2, ['csv', 'parquet']);
});
afterEach(() => rmSync(world, { recursive: true, force: true }));
afterAll(() => rmSync(base, { recursive: true }));

const at = (...names: string[]) => path.join(world, ...names);
const facts = (table: string, day = '2024-03-05') => at('facts', table, `dt=${day}`);
const part = (table: string, ending = 'parquet', region = 1) =>
  path.join(facts(table), `part-${region}.${ending}`);
const suppliers = at('master', 'suppliers.parquet');

/** Removes the lists of what was committed, as in a copy of the tables alone. */
const forget = () => rmSync(at('checkpoint'), { recursive: true });
const cut = (file: string) => truncateSync(file, readFileSync(file).length >> 1);
/** Leaves the footer whole, and makes nonsense of the first column. */
const spoil = (file: string) => {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 5, bytes.length >> 1));
};
/** Gives a file the rows of the other region. */
const swap = (table: string, ending = 'parquet') =>
  cpSync(part(table, ending, 2), part(table, ending, 1));

/** The checks that a copy of a world breaks after the damage. */
async function brokenBy(good: string, damage: () => void): Promise<readonly CheckResult[]> {
  cpSync(good, world, { recursive: true });
  damage();
  const { checks } = await verifyWorld(world, { threads: 1, ownDictionaries: true });
  return checks;
}

const idsOf = (checks: readonly CheckResult[]) =>
  checks.filter(({ status }) => status === 'broken').map(({ id }) => id);
/** How many problems each broken check names. */
const problemsOf = (checks: readonly CheckResult[]) =>
  Object.fromEntries(
    checks
      .filter(({ status }) => status === 'broken')
      .map(({ id, violations }) => [id, violations]),
  );
const textOf = (checks: readonly CheckResult[], id: string) =>
  JSON.stringify(checks.find((check) => check.id === id)!.example);

it.each([
  ['Parquet', alone, () => {}],
  ['Parquet without its manifest', alone, forget],
  ['both formats', both, () => {}],
])('a good world of %s breaks nothing', async (_, good, change) => {
  expect(idsOf(await brokenBy(good, change))).toEqual([]);
});

/** One damage of each kind at a time: every one is a problem of its own, and no other check is broken by it. */
type Damage = readonly [
  does: string,
  breaks: Record<string, number>,
  damage: readonly (() => void)[],
];

describe('in a world of Parquet', () => {
  it.each<Damage>([
    [
      'missing parts, tables and masters',
      { C1a: 4 },
      [
        () => rmSync(part('receipts')),
        () => rmSync(part('payments')),
        () => rmSync(at('closing', 'dc_stock', 'part-2.parquet')),
        () => rmSync(suppliers),
      ],
    ],
    [
      'files that are cut, or damaged inside',
      { C1a: 2, C1d: 2 },
      [() => cut(part('receipts')), () => spoil(part('receipt_lines'))],
    ],
    [
      'copies, parts as they were, parts that nobody committed, and files in CSV',
      { C1b: 5 },
      [
        () => cpSync(part('receipts'), path.join(facts('receipts'), 'part-1 (1).parquet')),
        () => cpSync(part('receipts'), `${part('receipts')}.kept`),
        () => {
          mkdirSync(facts('receipts', '2024-03-09'));
          cpSync(part('receipts'), path.join(facts('receipts', '2024-03-09'), 'part-1.parquet'));
        },
        () => cpSync(part('receipts'), part('receipts', 'csv')),
        () => cpSync(suppliers, at('master', 'suppliers.csv')),
      ],
    ],
  ])('%s are named, and nothing that follows from them', async (_does, breaks, damage) => {
    const checks = await brokenBy(alone, () => {
      for (const one of damage) one();
    });
    expect(problemsOf(checks)).toEqual(breaks);
  });

  it('a value that was changed is told by the digest, and loaded', async () => {
    const checks = await brokenBy(alone, () => {
      const [{ Company: company }] = readTable(suppliers, DIMENSIONS.suppliers);
      const bytes = readFileSync(suppliers);
      bytes[bytes.indexOf(company)] = 'X'.charCodeAt(0);
      writeFileSync(suppliers, bytes);
      const [changed] = readTable(suppliers, DIMENSIONS.suppliers);
      expect(changed.Company).toBe(`X${company.slice(1)}`);
    });
    expect(idsOf(checks)).toContain('C1d');
    expect(idsOf(checks)).not.toContain('C1a');
    expect(textOf(checks, 'C1d')).toContain('has another content than was committed');
  });

  it('without a manifest each that is missing, cut or damaged inside is named', async () => {
    const checks = await brokenBy(alone, () => {
      forget();
      rmSync(suppliers);
      cut(part('receipts'));
      spoil(part('receipt_lines'));
      rmSync(at('closing', 'store_stock', 'part-1.parquet'));
    });
    expect(problemsOf(checks)).toEqual({ C1a: 4 });
  });
});

describe('in a world of both formats', () => {
  const totals = (checks: readonly CheckResult[]) => checks.find(({ id }) => id === '06a')!.status;

  it.each<Damage>([
    [
      'missing files and a file that is cut',
      { C1a: 3, C1d: 1 },
      [() => rmSync(part('receipts')), () => rmSync(suppliers), () => cut(part('receipt_lines'))],
    ],
    [
      'a file with other rows and a copy of a part',
      { C1b: 1, C1d: 1 },
      [
        () => swap('receipts'),
        () => cpSync(part('payments'), path.join(facts('payments'), 'part-1 (1).parquet')),
      ],
    ],
  ])('%s are named, and the rows are checked in CSV', async (_does, breaks, damage) => {
    const checks = await brokenBy(both, () => {
      for (const one of damage) one();
    });
    expect(problemsOf(checks)).toEqual(breaks);
    expect(totals(checks)).toBe('holds');
  });

  it('a part that is missing in CSV leaves its table unchecked', async () => {
    const checks = await brokenBy(both, () => rmSync(part('receipts', 'csv')));
    expect(problemsOf(checks)).toEqual({ C1a: 1 });
    expect(totals(checks)).toBe('not checked');
  });

  it('without a manifest rows that differ between the formats are named', async () => {
    const checks = await brokenBy(both, () => {
      forget();
      swap('receipts');
    });
    expect(problemsOf(checks)).toEqual({ C1a: 1 });
    expect(textOf(checks, 'C1a')).toContain('its Parquet files have');
    expect(totals(checks)).toBe('holds');
  });
});
