/** Every check must report what it forbids: the tiny world is damaged in one way after another. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/columns.ts';
import { FACTS } from '../../src/domain/facts.ts';
import { type Check, readChecks } from '../../src/verify/checks.ts';
import { Database } from '../../src/verify/database.ts';
import { runCheck } from '../../src/verify/run-check.ts';
import { openWorld } from '../../src/verify/verify.ts';
import { namesIn, targetOf } from './affected.ts';
import { EQUALITIES } from './mutations/equalities.ts';
import { FILES } from './mutations/files.ts';
import { MONEY } from './mutations/money.ts';
import type { Mutation } from './mutations/mutation.ts';
import { OPERATIONS } from './mutations/operations.ts';
import { SHELVES } from './mutations/shelves.ts';
import { STOCK } from './mutations/stock.ts';
import { TRUCKS } from './mutations/trucks.ts';
import { VISITS } from './mutations/visits.ts';
import { WORLD } from './mutations/world.ts';
import { writeTinyWorld } from './tiny-world.ts';

const MUTATIONS = [
  ...MONEY,
  ...SHELVES,
  ...STOCK,
  ...TRUCKS,
  ...VISITS,
  ...WORLD,
  ...EQUALITIES,
  ...OPERATIONS,
  ...FILES,
];
const checks = readChecks();
const folder = mkdtempSync(path.join(os.tmpdir(), 'tiny-world-'));
let database: Database;

beforeAll(async () => {
  writeTinyWorld(folder);
  database = await Database.open({ threads: 1 });
  await openWorld(database, folder, {}, 'view');
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** The checks that are broken once some statements have run, and were not before. */
async function brokenBy(statements: readonly string[]): Promise<string[]> {
  const changed = statements.map(targetOf);
  const broken: string[] = [];
  await database.run('BEGIN');
  try {
    for (const statement of statements) await database.run(statement);
    for (const check of checks) {
      const affected: Check = {
        ...check,
        queries: check.queries.filter((query) =>
          changed.some((table) => namesIn(query).has(table)),
        ),
      };
      if ((await runCheck(database, affected)).violations > 0) broken.push(check.id);
    }
  } finally {
    await database.run('ROLLBACK');
  }
  return broken;
}

const numberOf = (id: string) => id.replace(/^(\d+)[a-z]$/, '$1');

describe('the tiny world', () => {
  it('breaks no check', async () => {
    for (const check of checks) {
      const { id, violations, example } = await runCheck(database, check);
      expect({ id, violations, example }).toEqual({ id, violations: 0, example: undefined });
    }
  });

  it.each(Object.keys(FACTS))('has rows in %s', async (table) => {
    const [{ rows }] = await database.rows(`SELECT count(*) AS rows FROM ${table}`);
    expect(Number(rows)).toBeGreaterThan(0);
  });
});

describe('a world that is damaged', () => {
  it.each(MUTATIONS.map((mutation) => [mutation.breaks, mutation.does, mutation] as const))(
    'breaks %s if it %s',
    async (_id, _does, mutation: Mutation) => {
      const broken = await brokenBy(mutation.sql);
      const also = mutation.also ?? [];
      expect(broken).toContain(mutation.breaks);
      expect(broken).toEqual(expect.arrayContaining([...also]));
      const expected = [mutation.breaks, ...also].map(numberOf);
      expect(broken.filter((id) => !expected.includes(numberOf(id)))).toEqual([]);
    },
  );

  it('has a mutation for every check', () => {
    const covered = new Set(MUTATIONS.map(({ breaks }) => breaks));
    expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

describe('templates', () => {
  const references = Object.entries(FACTS).flatMap(([table, { columns }]) =>
    (columns as readonly Column[])
      .filter(({ name, references }) => references && references !== `${table}.${name}`)
      .map((column) => [table, column] as const),
  );

  it.each(references.map(([table, column]) => [`${table}.${column.name}`, table, column] as const))(
    'see that %s leads nowhere',
    async (_name, table, column) => {
      const missing = column.type === 'text' ? "'NONE'" : '999999';
      const statement = `UPDATE ${table} SET ${column.name} = ${missing} WHERE ${column.name} IS NOT NULL`;
      await database.run('BEGIN');
      await database.run(statement);
      const check = checks.find(({ id }) => id === '02a')!;
      const queries = check.queries.filter((query) =>
        query.includes(`FROM ${table} f
WHERE f.${column.name} `),
      );
      const { violations } = await runCheck(database, { ...check, queries });
      await database.run('ROLLBACK');
      const [{ rows }] = await database.rows(`SELECT count(${column.name}) AS rows FROM ${table}`);
      expect(Number(rows)).toBeGreaterThan(0);
      expect(violations).toBe(Number(rows));
    },
  );

  it.each(Object.entries(FACTS))('see a row of %s twice', async (table) => {
    await database.run('BEGIN');
    await database.run(`INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`);
    const check = checks.find(({ id }) => id === '01a')!;
    const { violations, example } = await runCheck(database, check);
    await database.run('ROLLBACK');
    expect(violations).toBe(1);
    expect(example).toMatchObject({ TableName: table, Copies: '2' });
  });
});
