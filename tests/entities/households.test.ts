import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { Substream, purposeKey } from '../../src/engine/substream.ts';
import { customIn, joinMonth } from '../../src/policy/household-life.ts';
import { mainStoreShare, storesUsed } from '../../src/policy/household-stores.ts';
import { Households } from '../../src/entities/households.ts';
import { moveRecords, monthsBetween, monthStartMs } from '../../src/world/moves.ts';
import { START_MS, smallWorld } from '../world/fixtures.ts';

const world = smallWorld({ stores: 8, dcs: 2, total_geographies: 30, total_customers: 6000 });
const plan = world.regions[0];
const nature = (patron: number) => world.customers.nature[plan.firstCustomerId - 1 + patron];
const patrons = Array.from({ length: plan.customerCount }, (_, patron) => patron);

/** Households are asked in the order of time, so each test has its own. */
const fresh = () => new Households(world, plan);

/** Shares of each patron's trips by store, from what the catchments draw. */
function trips(atMs: number, draws = 60_000): Map<number, number[]> {
  const stream = Substream.of(3, purposeKey('test', 'catchment'));
  const households = fresh();
  const counts = new Map<number, number[]>();
  for (const [store, { visitsPerDay }] of plan.stores.entries()) {
    const area = households.catchment(store, atMs);
    for (let draw = 0; draw < (draws * visitsPerDay) / 300; draw++) {
      const patron = area.patrons[area.odds.draw(stream)];
      const own = counts.get(patron) ?? plan.stores.map(() => 0);
      own[store]++;
      counts.set(patron, own);
    }
  }
  return counts;
}

describe('households', () => {
  it('make most of their trips to one store, the rest to as many others as they use', () => {
    const shares: number[] = [];
    for (const [patron, own] of trips(START_MS)) {
      const all = own.reduce((sum, count) => sum + count, 0);
      const visited = own.filter((count) => count > 0).length;
      expect(visited).toBeLessThanOrEqual(storesUsed(nature(patron)));
      if (all >= 40 && storesUsed(nature(patron)) > 1) {
        shares.push(Math.max(...own) / all - Math.max(mainStoreShare(nature(patron)), 0.5));
      }
    }
    shares.sort((a, b) => a - b);
    expect(shares.length).toBeGreaterThan(200);
    expect(Math.abs(shares[Math.floor(shares.length / 2)])).toBeLessThan(0.12);
  });

  it('stay away when they are no customers', () => {
    const month = 14;
    const atMs = monthStartMs(START_MS, month) + DAY_MS;
    const coming = trips(atMs);
    const away = patrons.filter((patron) => customIn(nature(patron), month) === 0);
    expect(away.length).toBeGreaterThan(plan.customerCount * 0.07);
    expect(away.filter((patron) => coming.has(patron))).toEqual([]);
  });

  it('are known as customers from the month in which they join', () => {
    const late = patrons.filter((patron) => joinMonth(nature(patron)) === 3);
    expect(late.length).toBeGreaterThan(5);
    const households = fresh();
    const known = (month: number) =>
      late.filter((patron) => households.hasJoined(patron, monthStartMs(START_MS, month)));
    expect(known(2)).toEqual([]);
    expect(known(3)).toEqual(late);
  });

  it('have the new home from the day of a move that the master tells', () => {
    const endMs = Date.UTC(2025, 0, 1);
    const own = [...moveRecords(world, endMs)].filter(
      ({ customerId }) =>
        customerId >= plan.firstCustomerId &&
        customerId < plan.firstCustomerId + plan.customerCount,
    );
    expect(own.length / plan.customerCount).toBeCloseTo(0.073, 1.7);
    const households = fresh();
    const last = new Map(own.map((move) => [move.customerId, move]));
    for (const move of [...last.values()].slice(0, 50)) {
      const patron = move.customerId - plan.firstCustomerId;
      expect(households.geographyOf(patron, endMs - 1)).toBe(move.geographyId);
      const store = plan.stores[households.homeStoreOf(patron, endMs - 1)];
      expect(store.id).toBe(move.homeStoreId);
      expect(world.geographies[move.geographyId - 1].city).toBe(move.address.split(', ')[1]);
    }
  });

  it('are the same for who looks later first', () => {
    const [households, other] = [fresh(), fresh()];
    households.geographyOf(0, START_MS);
    const laterMs = monthStartMs(START_MS, 30);
    const seen = patrons.map((patron) => other.geographyOf(patron, laterMs));
    expect(patrons.map((patron) => households.geographyOf(patron, laterMs))).toEqual(seen);
  });
});

describe('months', () => {
  it('are counted by their turns', () => {
    expect(monthsBetween(START_MS, START_MS + 30 * DAY_MS)).toBe(0);
    expect(monthsBetween(START_MS, Date.UTC(2025, 1, 1))).toBe(13);
    expect(monthStartMs(START_MS, 12)).toBe(Date.UTC(2025, 0, 1));
  });
});
