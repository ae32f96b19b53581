/** Whatever of a region has state is saved and restored: an entity, or a field, that is forgotten fails here by name. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sections } from '../../src/domain/plain-data.ts';
import type { Region } from '../../src/entities/region.ts';
import type { StatefulPart } from '../../src/entities/state.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { busyRegion, freshRegion } from './busy-region.ts';
import { differences, stateFields } from './state-fields.ts';

/** A day of a store is prepared when it is first asked for; a number is what it follows from. */
const PREPARED_WHEN_ASKED = /^region\.stores\[\d+\]\.day$/;

function restored(sections: Sections): Region {
  const region = freshRegion();
  region.restore(plainCopy(sections));
  return region;
}

function lostBetween(before: Region, after: Region): string[] {
  return differences(stateFields(before), stateFields(after)).filter(
    (path) => !PREPARED_WHEN_ASKED.test(path),
  );
}

describe('the state of a region', () => {
  let region: Region;
  let sections: Sections;
  beforeAll(() => {
    region = busyRegion();
    sections = region.save();
  });

  it('is complete after a restore: every field of every entity is the same', () => {
    expect(lostBetween(region, restored(sections))).toEqual([]);
  });

  it('is saved the same after a restore, calendar and actors included', () => {
    expect(plainCopy(restored(sections).save())).toEqual(plainCopy(sections));
  });

  it('covers every part: each has a field that has changed since the region was built', () => {
    const moved = differences(stateFields(region), stateFields(freshRegion()));
    const places = Object.entries(region).flatMap(([name, value]) =>
      region.parts.includes(value as StatefulPart) ? [`region.${name}.`] : [],
    );
    places.push(...region.stores.map((_, index) => `region.stores[${index}].`));
    expect(places).toHaveLength(region.parts.length);
    for (const place of places) {
      expect(
        moved.some((path) => path.startsWith(place)),
        place,
      ).toBe(true);
    }
  });

  it('includes everything in the region that can save itself', () => {
    const able = Object.values(region)
      .flat()
      .filter((one) => typeof one?.save === 'function' && one !== region.executive);
    expect(able.length).toBeGreaterThan(10);
    for (const one of able) expect(region.parts, one.constructor.name).toContain(one);
  });

  it('leaves no field behind unnoticed', () => {
    const other = restored(sections);
    Object.assign(other, { recalls: { open: 3 } });
    Object.assign(other.stores[1], { inspections: 2 });
    expect(lostBetween(other, restored(other.save()))).toEqual([
      'region.recalls.open',
      'region.stores[1].inspections',
    ]);
  });

  it.each([
    'audience/exposure',
    'supply',
    'warehouse',
    'visits',
    'stock/dc/held',
    'goodsBack/free',
  ])('is refused without its section %s', (name) => {
    const { [name]: _lost, ...rest } = sections;
    expect(() => restored(rest)).toThrow(`Cannot restore the region: section "${name}" is missing`);
  });

  it('is refused if no part has the entity of an actor', () => {
    const orders = sections.orders as { placed: number; open: readonly { handle: number }[] };
    const [lost, ...open] = orders.open;
    expect(() => restored({ ...sections, orders: { ...orders, open } as never })).toThrow(
      `Cannot restore actor ${lost.handle} of "onlineOrder": no part of the region has its entity`,
    );
  });
});
