import { beforeAll, describe, expect, it } from 'vitest';
import { FACT_NAMES, type FactSink } from '../../src/domain/facts.ts';
import { LOAD_ACTION, TRUCK_STATUS } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { Region } from '../../src/entities/region.ts';
import { DEPARTMENT_SHARES } from '../../src/policy/departments.ts';
import { HOUR_SHARES } from '../../src/policy/calendar-effects.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { ZoneTime } from '../../src/policy/local-time.ts';
import { seasonOf } from '../../src/policy/season.ts';
import { buildWorld } from '../../src/world/build.ts';
import { dictionaries, smallConfig } from '../world/fixtures.ts';

/** Months without a season of their own, so that weeks differ by chance alone. */
const START_MS = Date.UTC(2024, 2, 4);
const WEEKS = 7;
/** The later weeks that the first is compared with. */
const LATER = [3, 4, 5, 6];
const world = buildWorld(smallConfig(), dictionaries, START_MS);

type Flows = Record<
  'sold' | 'storeOrders' | 'purchases' | 'toStores' | 'toDc' | 'storeTrucks' | 'supplierTrucks',
  number
>;
const weeks: Flows[] = [];
const opening = { ordered: 0, storeOrdered: 0, trucks: 0 };
let region: Region;

beforeAll(() => {
  let week: Flows;
  const facts = {
    ...Object.fromEntries(FACT_NAMES.map((name) => [name, () => {}])),
    receipt_lines: ({ qty }) => {
      week.sold += qty;
    },
    reorders: ({ eventMs, storeId, reorderQuantity }) => {
      if (eventMs > START_MS) week[storeId > 0 ? 'storeOrders' : 'purchases'] += reorderQuantity;
      else opening[storeId > 0 ? 'storeOrdered' : 'ordered'] += reorderQuantity;
    },
    truck_moves: ({ eventMs, status, storeId }) => {
      if (status === TRUCK_STATUS.scheduled && eventMs === START_MS) opening.trucks++;
      if (status === TRUCK_STATUS.arrived) week[storeId > 0 ? 'storeTrucks' : 'supplierTrucks']++;
    },
    truck_inventory: ({ action, locationType, quantity }) => {
      if (action === LOAD_ACTION.unload) week[locationType === 2 ? 'toStores' : 'toDc'] += quantity;
    },
  } as FactSink;
  region = new Region({ world, plan: world.regions[0], effects: NO_EFFECTS, facts });
  region.open();
  for (let number = 1; number <= WEEKS; number++) {
    week = {
      sold: 0,
      storeOrders: 0,
      purchases: 0,
      toStores: 0,
      toDc: 0,
      storeTrucks: 0,
      supplierTrucks: 0,
    };
    weeks.push(week);
    region.executive.run(START_MS + number * 7 * DAY_MS);
  }
});

/** Demand of a week relative to the mean week, over all departments. */
function season(week: number): number {
  const days = seasonOf(START_MS / DAY_MS + week * 7, 7);
  return DEPARTMENT_SHARES.reduce((sum, share, index) => sum + share * days[index], 0);
}

/** What the evening of the opening, on which stores stay shut, would have sold, as a share of the mean week. */
function shutEvening(): number {
  const zone = new ZoneTime(world.dcs[0].timeZone);
  const hour = Math.floor((START_MS + zone.offsetMs(START_MS) + DAY_MS) / HOUR_MS) % 24;
  const evening = HOUR_SHARES.slice(hour).reduce((sum, share) => sum + share, 0);
  const day = seasonOf(zone.localDay(START_MS), 1);
  return (
    (DEPARTMENT_SHARES.reduce((sum, share, index) => sum + share * day[index], 0) * evening) / 7
  );
}

describe('the first week of a world', () => {
  it('sells what later weeks sell, but for the season and the evening of the opening', () => {
    const later =
      LATER.reduce((sum, week) => sum + weeks[week].sold / season(week), 0) / LATER.length;
    expect(shutEvening()).toBeGreaterThan(0.02);
    const first = weeks[0].sold / (season(0) - shutEvening());
    expect(Math.abs(first / later - 1)).toBeLessThan(0.12);
  });

  it.each([
    ['storeOrders', 0.15],
    ['purchases', 0.25],
    ['toStores', 0.15],
    ['toDc', 0.25],
    ['storeTrucks', 0.2],
    ['supplierTrucks', 0.2],
  ] as const)('has %s as later weeks have, but for the season', (flow, tolerance) => {
    const first = weeks[0][flow] / season(0);
    const later =
      LATER.reduce((sum, week) => sum + weeks[week][flow] / season(week), 0) / LATER.length;
    expect(Math.abs(first / later - 1)).toBeLessThan(tolerance);
  });

  it('begins with orders at suppliers and trucks at their depots', () => {
    const perWeek = weeks[5].purchases;
    // Two and a half days of lead time and a day of road, of seven.
    expect(opening.ordered / perWeek).toBeGreaterThan(0.25);
    expect(opening.ordered / perWeek).toBeLessThan(0.8);
    expect(opening.trucks).toBeGreaterThan(0);
  });
});
