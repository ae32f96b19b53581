/** What lies in a folder, file by file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { codecOf } from '../../src/tables/compression.ts';

/** Contents of all files below a folder, by relative name; those that are no text as Latin-1. */
export function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => {
      const isText = codecOf(name) === undefined && !name.endsWith('.parquet');
      const encoding = isText ? 'utf8' : 'latin1';
      return [name, readFileSync(path.join(folder, name), encoding)];
    }),
  );
}
