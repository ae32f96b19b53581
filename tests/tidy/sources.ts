/** The source files of the project, by path from its root. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Files of folders, all below them, that end as a pattern says. */
export function filesIn(folders: readonly string[], pattern: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => pattern.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
