/** The real program, killed while readers look at its Delta tables: `npx tsx tests/run/delta-kills.ts` does so longer. */
import { expect, it } from 'vitest';
import { killAgainAndAgain } from './delta-kills.ts';

it('killed at any instant, readers find a prefix, and the end is that of an undisturbed run', {
  timeout: 400_000,
}, async () => {
  const { killed, looks, prefixes } = await killAgainAndAgain(3);
  expect(killed).toBeGreaterThan(0);
  expect(looks).toBeGreaterThan(20);
  expect(prefixes.size).toBeGreaterThan(2);
});
