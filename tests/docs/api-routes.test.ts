/** Every route is named in docs/api.md, and asked by some test. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { testClient } from '../api/client.ts';
import { filesIn, read } from '../tidy/sources.ts';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const asked = filesIn(['tests/api', 'tests/browser'], /\.ts$/).map(read).join('\n');

let paths: readonly string[];
beforeAll(async () => {
  const client = await testClient();
  paths = [...new Set(client.openApi.operations.map(({ path }) => path))];
  await client.close();
});

/** Whether a text names a path, with any value for its parameters. */
function names(text: string, path: string): boolean {
  const pattern = path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/\\s`]+');
  return new RegExp(`${pattern}(?![\\w/-])`).test(text);
}

it('docs/api.md names every route', () => {
  expect(paths.filter((path) => !names(guide, path))).toEqual([]);
});

it('some test asks every route', () => {
  expect(paths.filter((path) => !names(asked, path))).toEqual([]);
});
