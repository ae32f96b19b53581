import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEQUENCE_LIMIT } from '../../src/domain/ids.ts';
import { CALENDAR_LIMIT } from '../../src/engine/calendar.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import {
  daysOfIds,
  REGION_CUSTOMER_LIMIT,
  requireCustomerRoom,
  requireIdsFor,
  requireKnownYear,
  requireWithinLimits,
  waitingEvents,
} from '../../src/world/limits.ts';
import { regionRun } from '../helpers/region-run.ts';
import { dictionaries, messageOf, START_MS, smallConfig, smallWorld } from './fixtures.ts';

const world = smallWorld();

describe('the limits of a world', () => {
  it('leave room for large worlds', () => {
    const volume = {
      ...{ stores: 2000, dcs: 100, total_geographies: 578 },
      ...{ total_customers: 50_000, online_orders_per_day: 120_000 },
    };
    const large = buildWorld(configOf({ volume }), dictionaries, START_MS);
    expect(large.stores).toHaveLength(2000);
    expect(Math.max(...large.regions.map((r) => r.stores.length))).toBeLessThan(200);
  });

  it('refuse years with unknown holidays and time zones', () => {
    const years =
      /: a world can run between 1970-01-01T00:00:00.000Z and 2200-01-01T00:00:00.000Z; choose an instant there$/;
    for (const instant of ['1969-12-31T23:59:59.999Z', '2200-01-01T00:00:00.001Z']) {
      const message = messageOf(() => requireKnownYear(Date.parse(instant)));
      expect(message).toContain(`Cannot simulate ${instant}`);
      expect(message).toMatch(years);
    }
    expect(messageOf(() => requireKnownYear(Number.POSITIVE_INFINITY))).toMatch(years);
    requireKnownYear(START_MS);
  });

  it('refuse more waiting events than a calendar holds, and say what to lower', () => {
    const message = messageOf(() => smallWorld({ customers_per_day: 1_000_000 }));
    expect(message).toMatch(
      /^Cannot simulate region \d with \d stores: about 23,\d{3},\d{3} events/,
    );
    expect(message).toMatch(/holds 4,194,304; raise volume.dcs, or lower volume.stores/);
    expect(messageOf(() => smallWorld({ online_orders_per_day: 1_000_000 }))).toMatch(/calendar/);
  });

  it('refuse more customers in a region than their histories have room for', () => {
    const message = messageOf(() => smallWorld({ total_customers: 100_000_000 }));
    expect(message).toMatch(/^Cannot place [\d,]+ customers in region \d: .* room for 33,554,432/);
    expect(() => requireCustomerRoom([1, REGION_CUSTOMER_LIMIT])).not.toThrow();
    expect(messageOf(() => requireCustomerRoom([1, REGION_CUSTOMER_LIMIT + 1]))).toMatch(
      /33,554,433 customers in region 2/,
    );
  });

  it('refuse more trucks than ids', () => {
    const fleet = (id: number) => [{ ...world.trucks[0], id }];
    const check = (id: number) => () =>
      requireWithinLimits(world.config.volume, world.regions, fleet(id));
    expect(check(999_999)).not.toThrow();
    expect(messageOf(check(1_000_000))).toMatch(/trucks: ids reach to 999,999/);
  });

  it('refuse a window in which ids may run out, whatever the volumes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 1e7 }), (v, o) => {
        const { volume } = smallConfig({ customers_per_day: v, online_orders_per_day: o });
        const days = daysOfIds(volume);
        expect(days * Math.max(v, o)).toBeLessThan(SEQUENCE_LIMIT);
        expect(() => requireIdsFor(volume, days)).not.toThrow();
        expect(messageOf(() => requireIdsFor(volume, days + 1))).toMatch(/lasts for [\d,]+ days/);
      }),
    );
    expect(daysOfIds(configOf({}).volume)).toBeGreaterThan(30 * 365);
  });
});

it('no more events wait in a region than the limits assume', () => {
  const busy = smallWorld({ customers_per_day: 200, online_orders_per_day: 200, dcs: 1 });
  const { simulation } = regionRun(busy);
  let most = 0;
  for (let day = 1; day <= 24; day++) {
    simulation.advance(START_MS + day * DAY_MS - 4 * 3_600_000);
    const waiting = simulation.save()['executive/calendar/heapMs'] as Float64Array;
    most = Math.max(most, waiting.length);
  }
  // Trucks, suppliers and stores have some timers of their own, however small the volume.
  const standing = 400;
  const reckoned = waitingEvents(busy.config.volume, busy.regions[0]) + standing;
  expect(most).toBeLessThan(reckoned);
  expect(most).toBeGreaterThan(reckoned / 8);
  expect(reckoned).toBeLessThan(CALENDAR_LIMIT);
}, 60_000);
