/** Each example prints what lies beside it; CI runs them on Deno as well. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'examples');
/** What the others have in common is none. */
const examples = readdirSync(folder).filter(
  (file) => file.endsWith('.ts') && file !== 'tiny-world.ts',
);

it.each(examples)('examples/%s prints what lies beside it', async (file) => {
  const run = promisify(execFile);
  const script = path.join(folder, file);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], { cwd: root });
  expect(stdout).toBe(readFileSync(script.replace(/\.ts$/, '.txt'), 'utf8'));
});

it('there are those that the documentation names', () => {
  const guide = readFileSync(path.join(root, 'docs/library.md'), 'utf8');
  const named = [...guide.matchAll(/\(\.\.\/examples\/([\w-]+\.ts)\)/g)].map(([, file]) => file);
  expect(new Set(named)).toEqual(new Set(examples));
});
