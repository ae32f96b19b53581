import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEPARTMENT_ZONES, ZONE, ZONES } from '../../src/domain/values.ts';
import { ADJACENT_ZONES, walkTo } from '../../src/policy/layout.ts';

it('adjacency is mutual, and nothing is next to itself', () => {
  for (let zone = 0; zone < ZONES.length; zone++) {
    expect(ADJACENT_ZONES[zone]).not.toContain(zone);
    for (const other of ADJACENT_ZONES[zone]) expect(ADJACENT_ZONES[other]).toContain(zone);
  }
});

it('every walk along the loop steps from zone to adjacent zone and ends where it should', () => {
  const departments = fc.uniqueArray(fc.constantFrom(...DEPARTMENT_ZONES), { minLength: 2 });
  fc.assert(
    fc.property(departments, (wanted) => {
      const order = wanted.sort((a, b) => a - b);
      const route = [order[0]];
      for (const zone of order.slice(1)) walkTo(route, zone);
      const path = [ZONE.entrance, ...route, ZONE.checkout, ZONE.exit];
      for (let step = 1; step < path.length; step++) {
        expect(ADJACENT_ZONES[path[step - 1]]).toContain(path[step]);
      }
      for (const zone of order) expect(route).toContain(zone);
    }),
  );
});
