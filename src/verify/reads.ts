/** Which loaded tables a query reads, those behind views and summaries included. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_QUERIES } from '../domain/own-files.ts';

let definitions: ReadonlyMap<string, string> | undefined;
const namesByQuery = new Map<string, ReadonlySet<string>>();

/** Returns all names in a query, and in the views and summaries that it reads. */
export function namesIn(sql: string): ReadonlySet<string> {
  const known = namesByQuery.get(sql);
  if (known !== undefined) return known;
  definitions ??= readDefinitions();
  const names = new Set(sql.replace(/--.*/g, '').match(/\w+/g));
  for (const name of [...names]) {
    const definition = definitions.get(name);
    if (definition === undefined) continue;
    for (const inner of namesIn(definition)) names.add(inner);
  }
  namesByQuery.set(sql, names);
  return names;
}

function readDefinitions(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['views', 'summaries']) {
    const root = path.join(OWN_QUERIES, folder);
    for (const file of readdirSync(root)) {
      const name = file.replace(/^\d+-/, '').replace('.sql', '');
      found.set(name, readFileSync(path.join(root, file), 'utf8'));
    }
  }
  return found;
}
