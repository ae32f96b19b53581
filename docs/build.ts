/** Writes the documents that are made from the code: `npm run docs`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATED } from './generated.ts';

for (const [file, text] of Object.entries(GENERATED)) {
  const target = fileURLToPath(new URL(`../${file}`, import.meta.url));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text());
}
