/** Deno writes a text at the beginning of a file, wherever it is told to; bytes go where they should. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../src');

it('no module writes text at a place of a file', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(ts|mjs)$/.test(name))) {
    const code = readFileSync(path.join(root, file), 'utf8');
    expect(code, file).not.toMatch(/writeSync\(\w+, (?:String\(|['"`])[^\n]*, [\w.]+\);/);
  }
});
