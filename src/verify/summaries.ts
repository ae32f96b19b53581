/** Views over the loaded tables and summaries of the large ones, which the checks share. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_QUERIES } from '../domain/own-files.ts';
import type { Database } from './database.ts';

/** Whether summaries are kept as tables or computed by each query. */
export type Keeping = 'table' | 'view';

/** The summaries in the order in which they depend on each other. */
export const SUMMARIES = namedQueries('summaries');

/** Creates the views, then the summaries, each in the order of the numbers of their files. */
export async function createSummaries(
  database: Database,
  keeping: Keeping,
  onSummary: (name: string) => void = () => {},
): Promise<void> {
  for (const { name, sql } of namedQueries('views')) {
    await database.run(`CREATE VIEW ${name} AS\n${sql}`);
  }
  for (const { name, sql } of SUMMARIES) {
    onSummary(name);
    await database.run(`CREATE ${keeping} ${name} AS\n${sql}`);
  }
}

/** Returns whether queries need a table: they name it, or a view or summary that does. */
export function needs(queries: readonly string[]): (table: string) => boolean {
  const named = [...namedQueries('views'), ...SUMMARIES];
  let text = queries.join('\n');
  const taken = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const { name, sql } of named) {
      if (taken.has(name) || !hasWord(text, name)) continue;
      taken.add(name);
      text += `\n${sql}`;
      grew = true;
    }
  }
  return (table) => hasWord(text, table);
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

/** Returns the queries of a folder; `3-visits.sql` holds that of `visits`. */
function namedQueries(folder: string): { name: string; sql: string }[] {
  const root = path.join(OWN_QUERIES, folder);
  return readdirSync(root)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.replace(/^\d+-/, '').replace('.sql', ''),
      sql: readFileSync(path.join(root, file), 'utf8'),
    }));
}
