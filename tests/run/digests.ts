/** What a folder holds, as lines to compare. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** One line per file and empty folder: its name, and the SHA-256 of its bytes. */
export function digests(root: string): string[] {
  if (!existsSync(root)) return [];
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    const file = path.join(root, name);
    if (statSync(file).isDirectory())
      return readdirSync(file).length === 0 ? [`${name}/ empty`] : [];
    return [`${name} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`];
  });
}
