/** A loaded world whose tables can be damaged and restored, and what the checks say of it meanwhile. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_QUERIES } from '../../../src/domain/own-files.ts';
import { type Check, readChecks } from '../../../src/verify/checks.ts';
import { Database } from '../../../src/verify/database.ts';
import { namesIn } from '../../../src/verify/reads.ts';
import { openWorld } from '../../../src/verify/verify.ts';
import type { Corruption } from './corruption.ts';

/** Summaries in the order in which they depend on each other: they are made again where a table of theirs is damaged. */
const SUMMARIES = readdirSync(path.join(OWN_QUERIES, 'summaries'))
  .sort()
  .map((file) => ({
    name: file.replace(/^\d+-/, '').replace('.sql', ''),
    sql: readFileSync(path.join(OWN_QUERIES, 'summaries', file), 'utf8'),
  }));

interface Query {
  /** Number of the check. */
  readonly id: string;
  readonly sql: string;
}

export class Harness {
  private readonly database: Database;
  private readonly queries: readonly Query[];

  private constructor(database: Database, queries: readonly Query[]) {
    this.database = database;
    this.queries = queries;
  }

  static async open(folder: string): Promise<Harness> {
    const database = await Database.open({ threads: 1 });
    await openWorld(database, folder, { ownDictionaries: true }, 'table');
    const checks: readonly Check[] = readChecks();
    // Those that read little come first, since the first that reports is enough.
    const queries = checks
      .flatMap(({ id, queries: all }) => all.map((sql) => ({ id, sql, reads: namesIn(sql).size })))
      .sort((a, b) => a.reads - b.reads);
    return new Harness(database, queries);
  }

  close(): void {
    this.database.close();
  }

  /**
   * Returns the check that reports the corruption, by its number; `''` if none does, undefined if the world has no such
   * row.
   */
  async reportOf({ table, where, place, sql }: Corruption): Promise<string | undefined> {
    const [found] = await this.database.rows(
      `SELECT rowid AS row FROM ${table} WHERE ${where} ORDER BY hash(rowid + ${place * 7919}), rowid LIMIT 1`,
    );
    if (found === undefined) return undefined;
    await this.database.run('BEGIN');
    try {
      for (const statement of sql) {
        await this.database.run(statement.replaceAll('{row}', String(found.row)));
      }
      for (const summary of SUMMARIES) {
        if (!namesIn(summary.sql).has(table)) continue;
        await this.database.run(`CREATE OR REPLACE TABLE ${summary.name} AS\n${summary.sql}`);
      }
      return await this.firstBroken(table);
    } finally {
      await this.database.run('ROLLBACK');
    }
  }

  /** The checks that are broken before any damage. */
  async brokenBefore(): Promise<string[]> {
    const broken: string[] = [];
    for (const { id, sql } of this.queries) if (await this.finds(sql)) broken.push(id);
    return broken;
  }

  private async firstBroken(table: string): Promise<string> {
    for (const { id, sql } of this.queries) {
      if (namesIn(sql).has(table) && (await this.finds(sql))) return id;
    }
    return '';
  }

  private async finds(sql: string): Promise<boolean> {
    const [{ found }] = await this.database.rows(`SELECT EXISTS (FROM (\n${sql}\n)) AS found`);
    return found === true;
  }
}
