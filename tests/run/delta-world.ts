/** What tests look at in the Delta tables of a world. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { readLog } from '../../src/tables/delta/read-log.ts';
import { digests } from './digests.ts';

export const deltaOf = (root: string, table: string) => path.join(root, 'delta', table);

/** Names of the tables that are there. */
export function tablesIn(root: string): string[] {
  const folder = path.join(root, 'delta');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The files of every table, with their rows and bytes: what a reader finds, however it came about. */
export function contentOf(root: string): string[] {
  return tablesIn(root).flatMap((table) =>
    [...readLog(deltaOf(root, table)).files.values()]
      .map(({ path: name, size, stats }) => `${table}/${name} ${size} ${stats}`)
      .sort(),
  );
}

/** Digests of everything in the tables of facts and masters, log included: closing tables have a commit for each of a run. */
export function bytesOf(root: string): string[] {
  const closing = readdirSync(path.join(root, 'closing'));
  return digests(path.join(root, 'delta')).filter(
    (line) => !closing.includes(line.split(/[/\\]/)[0]),
  );
}

/**
 * Throws unless a reader who opens the tables now finds whole files, and in each table of facts a prefix of what an
 * undisturbed run wrote, commit by commit.
 */
export function requirePrefix(root: string, reference: string): { commits: number } {
  let commits = 0;
  for (const table of tablesIn(root)) {
    const folder = deltaOf(root, table);
    const { files } = readLog(folder);
    for (const { path: name, size } of files.values()) {
      const found = statSync(path.join(folder, name), { throwIfNoEntry: false })?.size;
      if (found !== size) throw new Error(`${table}/${name} has ${found} bytes, expected ${size}`);
    }
    if (!(FACT_NAMES as readonly string[]).includes(table)) continue;
    const log = path.join(folder, '_delta_log');
    // A folder is made before its log: until then it is no table.
    if (!existsSync(log)) continue;
    for (const name of readdirSync(log)) {
      if (!/^\d{20}\.json$/.test(name)) continue;
      const expected = readFileSync(path.join(deltaOf(reference, table), '_delta_log', name));
      const found = readFileSync(path.join(log, name));
      if (!found.equals(expected)) throw new Error(`${table} has another commit ${name}`);
      commits++;
    }
  }
  return { commits };
}
