/** Fields that can be read, and yet are not written as the project writes them; and some that can't be read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database, type Row } from '../../../src/verify/database.ts';
import { findTableFiles } from '../../../src/verify/files.ts';
import { loadTables } from '../../../src/verify/load.ts';
import { MACROS } from '../../../src/verify/macros.ts';
import { writeTinyWorld } from '../tiny-world.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'text-of-fields-'));
beforeAll(() => writeTinyWorld(folder));
afterAll(() => rmSync(folder, { recursive: true }));

const FACT = (table: string) => path.join('facts', table, 'dt=2024-03-05', 'part-1.csv');
const MASTER = (table: string) => path.join('master', `${table}.csv`);

async function problemsOf(
  table: string,
  file: string,
  from: RegExp | string,
  to: string,
): Promise<Row[]> {
  const whole = readFileSync(path.join(folder, file));
  const text = whole.toString('utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(path.join(folder, file), changed);
  const database = await Database.open({ threads: 1 });
  try {
    for (const statement of MACROS) await database.run(statement);
    const [master, facts, closing] = ['master', 'facts', 'closing'].map((name) =>
      path.join(folder, name),
    );
    const tables = await findTableFiles({ master, facts, closing });
    await loadTables(
      database,
      tables.filter((each) => each.table === table),
    );
    return await database.rows('FROM load_problems ORDER BY ALL');
  } finally {
    database.close();
    writeFileSync(path.join(folder, file), whole);
  }
}

const FORMS: readonly (readonly [
  does: string,
  table: string,
  file: string,
  from: RegExp | string,
  to: string,
  column: string,
])[] = [
  ['money with one decimal', 'campaigns', MASTER('campaigns'), ',3.00,', ',3.0,', 'Budget'],
  ['money without decimals', 'campaigns', MASTER('campaigns'), ',3.00,', ',3,', 'Budget'],
  ['money with a plus sign', 'returns', FACT('returns'), ',19.99,', ',+19.99,', 'Refund'],
  ['money with a leading zero', 'returns', FACT('returns'), ',19.99,', ',019.99,', 'Refund'],
  [
    'a whole number with a decimal',
    'trucks',
    MASTER('trucks'),
    ',500,10',
    ',500.0,10',
    'CapacityUnits',
  ],
  [
    'a whole number behind a blank',
    'trucks',
    MASTER('trucks'),
    ',500,10',
    ', 500,10',
    'CapacityUnits',
  ],
  [
    'a whole number with a leading zero',
    'trucks',
    MASTER('trucks'),
    ',500,10',
    ',0500,10',
    'CapacityUnits',
  ],
  ['a whole number as a power', 'trucks', MASTER('trucks'), ',500,10', ',5e2,10', 'CapacityUnits'],
  ['a truth with a capital', 'trucks', MASTER('trucks'), ',true,', ',True,', 'Refrigeration'],
  ['a truth as a letter', 'trucks', MASTER('trucks'), ',true,', ',t,', 'Refrigeration'],
  ['a truth as a number', 'trucks', MASTER('trucks'), ',true,', ',1,', 'Refrigeration'],
  ['an id with a leading zero', 'receipts', FACT('receipts'), /^S1-(\d+)/m, 'S1-0$1', 'TraceId'],
  ['an id of a small letter', 'receipts', FACT('receipts'), /^S1-(\d+)/m, 's1-$1', 'TraceId'],
  [
    'a pseudonym in small letters',
    'ble_pings',
    FACT('ble_pings'),
    /BLE-([0-9A-F]*)([A-F])([0-9A-F]*),/,
    'BLE-$1a$3,',
    'CustomerBLEId',
  ],
  ['a choice in small letters', 'payments', FACT('payments'), 'APPROVED', 'approved', 'Status'],
  [
    'an instant without milliseconds',
    'returns',
    FACT('returns'),
    '16:00:00.600Z',
    '16:00:00Z',
    'EventTS',
  ],
  [
    'an instant of another zone',
    'returns',
    FACT('returns'),
    '16:00:00.600Z',
    '16:00:00.600+00',
    'EventTS',
  ],
  [
    'a day turned around',
    'products_master',
    MASTER('products_master'),
    '2022-01-01',
    '01/01/2022',
    'LaunchDate',
  ],
  [
    'a position with fewer decimals',
    'suppliers',
    MASTER('suppliers'),
    '41.00000',
    '41.0',
    'Latitude',
  ],
  [
    'a text with a blank behind it',
    'suppliers',
    MASTER('suppliers'),
    'Hollowmoor Goods',
    'Hollowmoor Goods ',
    'Company',
  ],
  [
    'a text in the wrong encoding',
    'suppliers',
    MASTER('suppliers'),
    'Hollowmoor',
    'HollowmÃ¶or',
    'Company',
  ],
  [
    'a dash in the wrong encoding',
    'suppliers',
    MASTER('suppliers'),
    'Hollowmoor',
    'Hollowâ€“moor',
    'Company',
  ],
  [
    'a sign that could not be read',
    'suppliers',
    MASTER('suppliers'),
    'Hollowmoor',
    'Hollowm\ufffdor',
    'Company',
  ],
  [
    'a control character',
    'suppliers',
    MASTER('suppliers'),
    'Hollowmoor',
    'Hollow\u0007moor',
    'Company',
  ],
  ['a word for nothing', 'suppliers', MASTER('suppliers'), /,1\.50$/m, ',NULL', 'LeadTimeDays'],
];

it.each(FORMS)('names %s', async (_does, table, file, from, to, column) => {
  const problems = await problemsOf(table, file, from, to);
  expect(problems.length).toBeGreaterThan(0);
  const columns = problems.map(({ ColumnName }) => ColumnName);
  expect(columns).toContain(column);
  for (const { Kind } of problems) expect(['form', 'row']).toContain(Kind);
  expect(problems[0].Problem).toMatch(/got "|rror/);
});

it('names the line of a carriage return in rows only, and leaves the file out', async () => {
  const problems = await problemsOf('returns', FACT('returns'), /\n(?=E1-0)([^\n]*)\n/, '\n$1\r\n');
  expect(problems).toMatchObject([
    {
      Kind: 'row',
      TableName: 'returns',
      Problem: 'line 2 ends with CR LF, expected LF; the file is left out',
    },
  ]);
});
