/** The list of kinds in docs/export.md is that of the program. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXPORT_KINDS } from '../../src/export/kinds.ts';

it('lists the kinds of exports', () => {
  const guide = readFileSync(new URL('../../docs/export.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, about]) => [
    name,
    about,
  ]);
  expect(rows).toEqual(Object.entries(EXPORT_KINDS).map(([name, { about }]) => [name, about]));
});
