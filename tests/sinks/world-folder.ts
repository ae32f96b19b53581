/** What lies in a folder, file by file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Contents of all files below a folder, by relative name. */
export function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}
