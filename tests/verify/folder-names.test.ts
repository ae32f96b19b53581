/** Worlds in folders whose names mean something to the database: each is read, and none beside it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tableNamed } from '../../src/api/data/catalogue.ts';
import { Previews } from '../../src/api/data/preview.ts';
import { quotedPath } from '../../src/verify/column-types.ts';
import { verifyWorld } from '../../src/verify/verify.ts';
import { writeTinyWorld } from './tiny-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'folder-names-'));
const whole = path.join(base, 'whole');
const previews = new Previews();
let wholeRows: number;
beforeAll(async () => {
  writeTinyWorld(whole);
  const { broken, factRows } = await verifyWorld(whole, { threads: 1 });
  expect(broken).toBe(0);
  wholeRows = factRows;
}, 60_000);
afterAll(async () => {
  await previews.close();
  rmSync(base, { recursive: true });
});

const RECEIPTS = path.join('facts', 'receipts', 'dt=2024-03-05', 'part-1.csv');

/** Adds a cent to the total of a receipt; gives its text. */
function tamper(world: string): string {
  const file = path.join(world, RECEIPTS);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(
    /^(S.*,)(\d+)\.(\d\d),([A-Z_]+,.*)$/m,
    (_, head, units, cents, rest) => `${head}${Number(units) + 1}.${cents},${rest}`,
  );
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  return changed;
}

// A pattern that holds for its neighbours, in ways that people name folders.
const NAMES: readonly (readonly [string, readonly string[]])[] = [
  ['g/[ab]', ['g/a', 'g/b']],
  ["it's *new*, run?", ["it's a new one, run1"]],
];

it.each(NAMES)(
  'a changed total in %s is found, and no neighbouring folder is read',
  async (name, others) => {
    const folder = path.join(base, name);
    for (const one of [name, ...others]) cpSync(whole, path.join(base, one), { recursive: true });
    tamper(folder);
    const { checks, factRows } = await verifyWorld(folder, { threads: 1 });
    const broken = checks.filter(({ violations }) => violations > 0).map(({ id }) => id);
    expect(broken).toContain('06a');
    expect(factRows).toBe(wholeRows);
  },
  60_000,
);

/** Folders as nasty as a file system allows. */
const nasty = fc
  .array(
    fc.constantFrom(...'[]*?!{}^\\\'"~$%# ;,=-aé', '**', '[a-z]', 'StoreID=7', 'dt=2020-01-01'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((signs) => signs.join(''))
  .filter((name) => !/\\.*[*?[]|[*?[].*\\/.test(name))
  .filter((name) => process.platform !== 'win32' || !/[*?"<>|\\]|[ .]$/.test(name));

it('sorted previews and master rows are of the folder itself, whatever its name', async () => {
  const receipts = tableNamed('receipts', 'fact');
  const stores = tableNamed('stores', 'master');
  const order = {
    column: receipts.columns.find(({ name }) => name === 'Total')!,
    descending: true,
  };
  const header = (table: typeof receipts) => table.columns.map(({ name }) => name).join(',');
  let count = 0;
  await fc.assert(
    fc.asyncProperty(nasty, async (name) => {
      const root = path.join(base, `names-${++count}`);
      // What the pattern would hold for, with other rows.
      const others = [...'abz1'].map((sign) => name.replace(/\*+|\?|\[[^\]]*\]|~/g, sign));
      for (const [at, folder] of [...new Set([...others, name])].reverse().entries()) {
        const [facts, master] = [
          path.join(root, folder, 'facts'),
          path.join(root, folder, 'master'),
        ];
        const part = path.join(facts, 'receipts', 'dt=2024-03-05');
        if (at > 0 && folder === name) continue;
        mkdirSync(part, { recursive: true });
        mkdirSync(master, { recursive: true });
        const row = receipts.columns.map(({ name: column }) =>
          column === 'Total' ? `${at}.00` : `${at}`,
        );
        writeFileSync(path.join(part, 'part-1.csv'), `${header(receipts)}\n${row.join(',')}\n`);
        const store = stores.columns.map(() => `${at}`).join(',');
        writeFileSync(path.join(master, 'stores.csv'), `${header(stores)}\n${store}\n`);
      }
      const page = { limit: 10, offset: 0 };
      const facts = path.join(root, name, 'facts');
      const { rows } = await previews.ofDay(facts, receipts, '2024-03-05', { ...page, order });
      expect(rows.map(({ Total }) => Total)).toEqual([0]);
      const found = await previews.master(path.join(root, name, 'master'), stores, page);
      expect(found.rows.map(({ ID }) => ID)).toEqual([0]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('a name that no pattern can match is refused, never mistaken for another', () => {
  expect(quotedPath("w/it's [a] *?/p.csv")).toBe("'w/it''s [[]a] [*][?]/p.csv'");
  expect(quotedPath('~/p.csv')).toBe("'./~/p.csv'");
  if (process.platform === 'win32') return;
  expect(quotedPath('w/a\\b/p.csv')).toBe("'w/a\\b/p.csv'");
  expect(() => quotedPath('w/a\\b[c]/p.csv')).toThrow('has a backslash beside one of * ? [');
});
