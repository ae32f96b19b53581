/** Files that are missing, added, moved or changed: the checks of files name them, and nothing that follows from it. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VerifyReport } from '../../../src/verify/result.ts';
import { verifyWorld } from '../../../src/verify/verify.ts';
import { writeSmallWorld } from './world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'files-of-a-world-'));
const good = path.join(base, 'good');
const world = path.join(base, 'world');
beforeAll(() => writeSmallWorld(good, 2));
beforeEach(() => cpSync(good, world, { recursive: true }));
afterEach(() => rmSync(world, { recursive: true }));
afterAll(() => rmSync(base, { recursive: true }));

const at = (...names: string[]) => path.join(world, ...names);
const facts = (table: string, day = '2024-03-05') => at('facts', table, `dt=${day}`);
const part = (table: string, region = 1, day?: string) =>
  path.join(facts(table, day), `part-${region}.csv`);

async function brokenOf(): Promise<{ ids: string[]; report: VerifyReport }> {
  const report = await verifyWorld(world, { threads: 1, ownDictionaries: true });
  const broken = report.checks.filter(({ status }) => status === 'broken');
  return { ids: broken.map(({ id }) => id), report };
}

/** Removes the lists of what was committed, as in a copy of the tables alone. */
const forget = () => rmSync(at('checkpoint'), { recursive: true });

function everyPart(region: number): string[] {
  return ['facts', 'closing'].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(`part-${region}.csv`))
      .map((file) => at(folder, file)),
  );
}

function removeAll(files: readonly string[]): void {
  for (const file of files) rmSync(file);
}

it('a good world breaks nothing, and says what there is nothing of', async () => {
  const { ids, report } = await brokenOf();
  expect(ids).toEqual([]);
  const outages = report.checks.find(({ id }) => id === '42a')!;
  expect(outages).toMatchObject({ status: 'nothing to check', reason: 'no outages' });
});

const DAMAGE: readonly (readonly [does: string, breaks: readonly string[], damage: () => void])[] =
  [
    ['a missing part', ['C1a'], () => rmSync(part('receipts'))],
    ['a missing day', ['C1a'], () => rmSync(facts('ble_pings'), { recursive: true })],
    ['a missing table', ['C1a'], () => rmSync(at('facts', 'payments'), { recursive: true })],
    ['a missing region', ['C1a'], () => removeAll(everyPart(2))],
    ['a missing closing folder', ['C1a'], () => rmSync(at('closing'), { recursive: true })],
    ['a missing closing part', ['C1a'], () => rmSync(at('closing', 'store_stock', 'part-2.csv'))],
    ['a missing master', ['C1a'], () => rmSync(at('master', 'suppliers.csv'))],
    ['a missing list of parts', ['C1a'], () => rmSync(at('checkpoint', 'region-1.parts'))],
    [
      'a copy of a part',
      ['C1b'],
      () => cpSync(part('receipts'), path.join(facts('receipts'), 'part-1 (1).csv')),
    ],
    [
      'a part with a leading zero',
      ['C1b'],
      () => cpSync(part('receipts'), path.join(facts('receipts'), 'part-01.csv')),
    ],
    [
      'a part of another name',
      ['C1b'],
      () => writeFileSync(path.join(facts('receipts'), 'receipts.csv'), ''),
    ],
    [
      'a part of no region',
      ['C1b'],
      () => cpSync(part('receipts'), path.join(facts('receipts'), 'part-1.csv.bak')),
    ],
    [
      'a day written otherwise',
      ['C1b'],
      () => cpSync(facts('receipts'), at('facts', 'receipts', 'dt=2024-3-5'), { recursive: true }),
    ],
    [
      'a day that is none',
      ['C1b'],
      () =>
        cpSync(facts('receipts'), at('facts', 'receipts', 'dt=2024-02-31'), { recursive: true }),
    ],
    [
      'an unknown table',
      ['C1b'],
      () => cpSync(at('facts', 'receipts'), at('facts', 'receipts_old'), { recursive: true }),
    ],
    [
      'a folder among the parts',
      ['C1b'],
      () => mkdirSync(path.join(facts('receipts'), 'part-7.csv')),
    ],
    [
      'another master',
      ['C1b'],
      () => cpSync(at('master', 'stores.csv'), at('master', 'stores (1).csv')),
    ],
    [
      'a part in a format that the world does not have',
      ['C1b'],
      () => cpSync(part('receipts'), part('receipts').replace('.csv', '.parquet')),
    ],
    [
      'a master in a format that the world does not have',
      ['C1b'],
      () => cpSync(at('master', 'stores.csv'), at('master', 'stores.parquet')),
    ],
    [
      'a part that nobody committed',
      ['C1b'],
      () => {
        mkdirSync(facts('receipts', '2024-03-09'));
        cpSync(part('receipts'), part('receipts', 1, '2024-03-09'));
      },
    ],
    [
      'a part on another day',
      ['C1a', 'C1b'],
      () => {
        mkdirSync(facts('receipts', '2024-03-09'));
        renameSync(part('receipts'), part('receipts', 1, '2024-03-09'));
      },
    ],
    [
      'carriage returns in all rows',
      ['C1d', 'C2a'],
      () => {
        const text = readFileSync(part('payments'), 'utf8');
        const [head, ...rows] = text.split('\n');
        writeFileSync(part('payments'), [head, ...rows].join('\r\n').replace('\r\n', '\n'));
      },
    ],
    [
      'a header that is repeated',
      ['C1d', 'C2a'],
      () => {
        const text = readFileSync(part('payments'), 'utf8');
        appendFileSync(part('payments'), `${text.split('\n')[0]}\n`);
      },
    ],
    [
      'a file cut within a row',
      ['C1d', 'C2a'],
      () => {
        const text = readFileSync(part('payments'), 'utf8');
        writeFileSync(part('payments'), text.slice(0, text.length - 20));
      },
    ],
    [
      'bytes of another encoding',
      ['C1d', 'C2a'],
      () => {
        const bytes = readFileSync(at('master', 'suppliers.csv'));
        bytes[bytes.indexOf(',', bytes.indexOf('\n')) + 3] = 0xe9;
        writeFileSync(at('master', 'suppliers.csv'), bytes);
      },
    ],
  ];

describe('is named, and nothing that follows from it', () => {
  it.each(DAMAGE)('%s', async (_does, breaks, damage) => {
    damage();
    const { ids, report } = await brokenOf();
    expect(ids).toEqual(breaks);
    const [first] = report.checks;
    expect(first.id).toBe('C1a');
  });
});

it('says which checks were left out for a missing part', async () => {
  rmSync(part('receipts'));
  const { report } = await brokenOf();
  const totals = report.checks.find(({ id }) => id === '06a')!;
  expect(totals).toMatchObject({
    status: 'not checked',
    reason: 'rows of receipts are missing or unreadable, see C1a and C2a',
  });
  expect(report.checks.find(({ id }) => id === '35')!.status).toBe('holds');
});

it.each([
  ['a row left out', (rows: string[]) => rows.splice(3, 1), ['C1c', 'C1d']],
  ['a row written twice', (rows: string[]) => rows.splice(3, 0, rows[3]), ['C1c', 'C1d']],
  ['two rows swapped', (rows: string[]) => rows.splice(3, 2, rows[4], rows[3]), ['C1d']],
])('%s changes counts and digests', async (_does, change, breaks) => {
  const rows = readFileSync(part('marketing'), 'utf8').split('\n');
  change(rows);
  writeFileSync(part('marketing'), rows.join('\n'));
  expect((await brokenOf()).ids).toEqual(expect.arrayContaining(breaks));
});

describe('without a manifest', () => {
  it('rows of two regions in each other’s parts are named', async () => {
    forget();
    const [one, two, other] = [part('returns'), part('receipts', 1), part('receipts', 2)];
    expect(existsSync(two) && existsSync(other), one).toBe(true);
    renameSync(two, `${two}.tmp`);
    renameSync(other, two);
    renameSync(`${two}.tmp`, other);
    expect((await brokenOf()).ids).toContain('43d');
  });

  it('a missing region is named', async () => {
    forget();
    removeAll(everyPart(2));
    expect((await brokenOf()).ids).toEqual(expect.arrayContaining(['C1e', 'C8b']));
  });
});
