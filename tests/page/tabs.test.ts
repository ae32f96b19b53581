/** The tests in a browser visit every tab. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TABS } from '../browser/a-day.ts';

it('the tests of the page look at every tab', () => {
  const router = readFileSync(new URL('../../src/page/lib/router.ts', import.meta.url), 'utf8');
  const ids = [...router.matchAll(/\{ id: '(\w+)'/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(TABS).toEqual(ids);
});
