/** Which queries a change of some tables can affect: what those queries read, views and summaries included. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const definitions = new Map<string, string>();
for (const folder of ['views', 'summaries']) {
  const url = new URL(`../../src/verify/${folder}/`, import.meta.url);
  for (const file of readdirSync(url)) {
    const name = file.replace(/^\d+-/, '').replace('.sql', '');
    definitions.set(name, readFileSync(fileURLToPath(new URL(file, url)), 'utf8'));
  }
}

const wordsByText = new Map<string, ReadonlySet<string>>();

/** All names in a query, and in the views and summaries that it reads. */
export function namesIn(sql: string): ReadonlySet<string> {
  const known = wordsByText.get(sql);
  if (known !== undefined) return known;
  const names = new Set(sql.replace(/--.*/g, '').match(/\w+/g));
  for (const name of [...names]) {
    const definition = definitions.get(name);
    if (definition === undefined) continue;
    for (const inner of namesIn(definition)) names.add(inner);
  }
  wordsByText.set(sql, names);
  return names;
}

/** Tables that a statement writes to. */
export function targetOf(statement: string): string {
  return /^(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)/.exec(statement)![1];
}
