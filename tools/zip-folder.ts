/** A folder as a ZIP file, byte for byte the same whenever and wherever it is made. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The earliest day that a ZIP file can name; it has local time and no zone. */
const MADE = new Date(1980, 0, 1);

/** @param name of the folder within the file */
export function zipFolder(folder: string, name: string): Uint8Array {
  const files: Zippable = {};
  for (const each of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, each);
    if (!statSync(file).isFile()) continue;
    const inside = `${name}/${each.replaceAll(path.sep, '/')}`;
    files[inside] = [readFileSync(file), { mtime: MADE }];
  }
  return zipSync(files, { level: 9 });
}
