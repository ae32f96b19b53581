/** Writes the documents that are made from the code: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GENERATED } from './generated.ts';

for (const [file, text] of Object.entries(GENERATED)) {
  writeFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), text());
}
