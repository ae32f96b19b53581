/** A history in two runs is that of one, byte for byte: the second `generate` goes on where the first has stopped. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'synthetic-retail';
import { TINY, temporaryFolder } from './tiny-world.ts';

const { folder, remove } = temporaryFolder();
const whole = path.join(folder, 'whole');
const parts = path.join(folder, 'parts');

await generate(TINY, { out: whole, from: '2024-01-01', days: 2 });
await generate(TINY, { out: parts, from: '2024-01-01', to: '2024-01-01T13:37:00Z' });
await generate(TINY, { out: parts, to: '2024-01-03' });

console.log(`in one run:  ${digestOf(path.join(whole, 'facts'))}`);
console.log(`in two runs: ${digestOf(path.join(parts, 'facts'))}`);
remove();

function digestOf(facts: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(facts, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.csv')).sort()) {
    hash.update(file.replaceAll('\\', '/')).update(readFileSync(path.join(facts, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
