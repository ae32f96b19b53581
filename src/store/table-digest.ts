/** One digest of all tables of a world, for worlds that must be the same everywhere. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { WorldPaths } from './paths.ts';

/** Returns the SHA-256 of the names and contents of all files of tables, in the order of their names. */
export function tableDigest({ root, master, facts, closing }: WorldPaths): string {
  const hash = createHash('sha256');
  for (const folder of [master, facts, closing].filter((each) => existsSync(each))) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile())
      .map((file) => [path.relative(root, file).replaceAll(path.sep, '/'), file] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [name, file] of files) {
      hash.update(`${name}\n`).update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}
