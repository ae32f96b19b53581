/** Area codes are real ones, and of the right state. */
import { expect, it } from 'vitest';
import { areaCodesOf } from '../../src/world/area-codes.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

const states = [...new Set(loadDictionaries().places.map(({ state }) => state))];

it('every state of the dictionaries has codes of its own, in no other state', () => {
  const codes = states.flatMap((state) => {
    const own = areaCodesOf(state);
    // Those of all states are more.
    expect(own.length, state).toBeLessThan(40);
    return own;
  });
  expect(states.length).toBeGreaterThan(45);
  expect(new Set(codes).size).toBe(codes.length);
  // N11 are services, N9X is kept for the day when numbers get longer.
  for (const code of codes) expect(code).toMatch(/^[2-9](?!11)[0-8]\d$/);
});

it.each([
  ['NY', '212'],
  ['CA', '415'],
  ['TX', '512'],
  ['FL', '305'],
  ['IL', '312'],
  ['WA', '206'],
  ['MA', '617'],
  ['AK', '907'],
  ['WY', '307'],
])('%s has %s', (state, code) => {
  expect(areaCodesOf(state)).toContain(code);
});

it('a state of foreign dictionaries gets any real code, and none that is no area', () => {
  const any = areaCodesOf('Atlantis');
  expect(any).toHaveLength(317);
  for (const code of ['200', '555', '700', '800', '888', '900', '999', '221']) {
    expect(any).not.toContain(code);
  }
});
