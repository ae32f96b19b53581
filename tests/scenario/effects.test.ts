import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS, DISRUPTION_TYPES } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { type Effects, NO_EFFECTS } from '../../src/policy/effects.ts';
import { loadScenario, parseScenario, scenarioNames } from '../../src/scenario/scenario.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import type { World } from '../../src/world/world.ts';
import { smallWorld } from '../world/fixtures.ts';

const small = smallWorld();
/** The small world with its stores on clocks of different zones. */
const world: World = {
  ...small,
  stores: small.stores.map((store) => ({
    ...store,
    timeZone: store.id === 1 ? 'America/New_York' : 'America/Los_Angeles',
  })),
};
const { startMs } = world;
const dayMs = (days: number) => startMs + days * DAY_MS;
const dcOfStore = (id: number) => world.stores[id - 1].dcId;

function effectsOf(effects: string, name = 'trial'): Effects {
  return compileEffects([scenarioOf(effects, name)], world);
}

function scenarioOf(effects: string, name = 'trial') {
  const text = `name: ${name}\ntitle: T\ndescription: D\neffects:\n${effects}`;
  return parseScenario(text, `${name}.yaml`);
}

describe('compiled effects', () => {
  it('are none without scenarios, or with the baseline', () => {
    expect(compileEffects([], world)).toBe(NO_EFFECTS);
    expect(compileEffects([loadScenario('baseline')], world)).toBe(NO_EFFECTS);
  });

  it('hold within their window, start included and end not', () => {
    const { traffic } = effectsOf(
      '  - { kind: traffic, factor: 2, window: { fromDays: 3, toDays: 5 } }',
    );
    expect(traffic(1, dayMs(3) - 1)).toBe(1);
    expect(traffic(1, dayMs(3))).toBe(2);
    expect(traffic(1, dayMs(5) - 1)).toBe(2);
    expect(traffic(1, dayMs(5))).toBe(1);
    expect(traffic(1, dayMs(4))).toBe(2);
  });

  it('take instants as UTC and hours from the opening', () => {
    const { online } = effectsOf(`
  - { kind: online, factor: 2, window: { from: 2024-02-01T06:00:00Z, to: 2024-02-02 } }
  - { kind: online, factor: 3, window: { fromHours: 5, toHours: 6 } }`);
    expect(online(1, Date.UTC(2024, 1, 1, 6) - 1)).toBe(1);
    expect(online(1, Date.UTC(2024, 1, 1, 6))).toBe(2);
    expect(online(1, startMs + 5 * HOUR_MS)).toBe(3);
    expect(online(1, startMs + 6 * HOUR_MS)).toBe(1);
  });

  it('begin a holiday at midnight on the local clock, every year', () => {
    const { traffic, changesMs } = effectsOf(
      '  - { kind: traffic, factor: 1.5, window: { holiday: black-friday } }',
    );
    const eastern = Date.UTC(2024, 10, 29, 5);
    const pacific = Date.UTC(2024, 10, 29, 8);
    expect([traffic(1, eastern - 1), traffic(1, eastern), traffic(2, eastern)]).toEqual([
      1, 1.5, 1,
    ]);
    expect([traffic(2, pacific - 1), traffic(2, pacific)]).toEqual([1, 1.5]);
    expect(changesMs(eastern - DAY_MS, eastern + 2 * DAY_MS)).toEqual([
      eastern,
      pacific,
      eastern + DAY_MS,
      pacific + DAY_MS,
    ]);
    for (const [year, day] of [
      [2025, 28],
      [2031, 28],
      [2040, 23],
    ]) {
      expect(traffic(2, Date.UTC(year, 10, day, 20))).toBe(1.5);
      expect(traffic(2, Date.UTC(year, 10, day - 1, 20))).toBe(1);
    }
  });

  it('build up and fade along a ramp', () => {
    const { traffic } = effectsOf(
      '  - { kind: traffic, factor: 3, window: { fromDays: 0, toDays: 10 }, ramp: { upDays: 2, downDays: 4 } }',
    );
    expect([0, 1, 2, 4, 6, 8, 9].map((day) => traffic(1, dayMs(day)))).toEqual([
      1, 2, 3, 3, 3, 2, 1.5,
    ]);
  });

  it('stay in the stores, DCs and states that they name', () => {
    const effects = effectsOf(`
  - { kind: traffic, factor: 2, window: { fromDays: 0, toDays: 9 }, targets: { stores: [2] } }
  - { kind: closure, window: { fromDays: 0, toDays: 9 }, targets: { dcs: [1] } }
  - { kind: dcCapacity, factor: 0.5, window: { fromDays: 0, toDays: 9 }, targets: { dcs: [2] } }`);
    for (const { id } of world.stores) {
      expect(effects.traffic(id, startMs)).toBe(id === 2 ? 2 : 1);
      expect(effects.closed(id, startMs)).toBe(dcOfStore(id) === 1);
      expect(effects.closed(id, dayMs(9))).toBe(false);
    }
    expect([effects.dcCapacity(1, startMs), effects.dcCapacity(2, startMs)]).toEqual([1, 0.5]);
    const { state } = world.geographies[world.stores[0].geographyId - 1];
    const byState = effectsOf(
      `  - { kind: traffic, factor: 2, window: { fromDays: 0, toDays: 9 }, targets: { states: [${state}] } }`,
    );
    for (const store of world.stores) {
      const inside = world.geographies[store.geographyId - 1].state === state;
      expect(byState.traffic(store.id, startMs)).toBe(inside ? 2 : 1);
    }
  });

  it('choose departments and products', () => {
    const { products } = world;
    const { departmentDemand, productDemand, supply } = effectsOf(`
  - { kind: departmentDemand, factor: 2, window: { fromDays: 0, toDays: 9 }, targets: { departments: [Clothing] } }
  - { kind: productDemand, factor: 3, window: { fromDays: 0, toDays: 9 }, targets: { products: [7, ${JSON.stringify(products.name[20])}] } }
  - { kind: supply, factor: 0, window: { fromDays: 0, toDays: 9 }, targets: { categories: [${JSON.stringify(products.category[3])}] } }`);
    for (const [department, name] of DEPARTMENTS.entries()) {
      expect(departmentDemand(1, department, startMs)).toBe(name === 'Clothing' ? 2 : 1);
    }
    for (let index = 0; index < products.count; index++) {
      const chosen = index === 6 || products.name[index] === products.name[20];
      expect(productDemand(1, index + 1, startMs)).toBe(chosen ? 3 : 1);
      const short = products.category[index] === products.category[3];
      expect(supply(1, index + 1, startMs)).toBe(short ? 0 : 1);
    }
  });

  it('multiply; the deepest promotion counts; any closure shuts', () => {
    const window = 'window: { fromDays: 0, toDays: 9 }';
    const first = scenarioOf(
      `  - { kind: traffic, factor: 2, ${window} }\n  - { kind: promotion, percentOff: 20, ${window} }`,
      'first',
    );
    const second = scenarioOf(
      `  - { kind: traffic, factor: 3, ${window} }\n  - { kind: promotion, percentOff: 30, ${window}, targets: { products: [1] } }\n  - { kind: closure, ${window} }`,
      'second',
    );
    const effects = compileEffects([first, second], world);
    expect(effects.traffic(1, startMs)).toBe(6);
    expect(effects.promotion(1, 1, startMs)).toMatchObject({ code: 'SCN-SECOND-30' });
    expect(effects.promotion(1, 2, startMs)).toMatchObject({ code: 'SCN-FIRST-20' });
    expect(effects.promotion(1, 1, dayMs(9))).toBeUndefined();
    expect(effects.closed(3, startMs)).toBe(true);
    expect(() => compileEffects([first, first], world)).toThrow('twice');
  });

  it('list promotions once, by start, over all zones', () => {
    const { promotions, promotion } = effectsOf(
      `  - { kind: promotion, percentOff: 25, window: { holiday: black-friday, toDays: 3 }, targets: { departments: [Electronics] } }
  - { kind: promotion, percentOff: 10, window: { fromDays: 1, toDays: 2 } }`,
      'a-very-long-name-of-a-scenario',
    );
    const [short, first, second] = promotions();
    expect(short).toMatchObject({ code: 'SCN-AVERYLONG2-10', department: '' });
    expect(first).toEqual({
      code: 'SCN-AVERYLONG1-25-2024',
      department: 'Electronics',
      percentOff: 25,
      startMs: Date.UTC(2024, 10, 29, 5),
      endMs: Date.UTC(2024, 11, 2, 8),
    });
    expect(second.code).toBe('SCN-AVERYLONG1-25-2025');
    const codes = promotions().map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z0-9-]{5,24}$/);
    const product = world.products.department.indexOf(1) + 1;
    expect(promotion(2, product, Date.UTC(2024, 10, 30))?.code).toBe(first.code);
  });

  it('refuse two scenarios whose promotion codes would be the same', () => {
    const effect = '  - { kind: promotion, percentOff: 25, window: { fromDays: 1, toDays: 2 } }';
    const scenarios = [scenarioOf(effect, 'back-friday'), scenarioOf(effect, 'back-friday-two')];
    expect(() => compileEffects(scenarios, world)).toThrow(/SCN-BACKFRIDA-25.*differ/);
  });

  it('break down a share of the trucks, always the same ones', () => {
    const effect = (share: number) =>
      effectsOf(
        `  - { kind: breakdown, factor: 9, window: { fromDays: 0, toDays: 9 }, targets: { dcs: [1], truckShare: ${share} } }`,
      );
    const hit = world.trucks.filter(({ id }) => effect(0.5).breakdown(1, id, startMs) === 9);
    expect(hit.length / world.trucks.length).toBeGreaterThan(0.2);
    expect(hit.length / world.trucks.length).toBeLessThan(0.8);
    for (const { id } of hit) expect(effect(0.5).breakdown(1, id, startMs)).toBe(9);
    for (const { id } of world.trucks) {
      expect(effect(0).breakdown(1, id, startMs)).toBe(1);
      expect(effect(1).breakdown(1, id, startMs)).toBe(9);
      expect(effect(1).breakdown(2, id, startMs)).toBe(1);
    }
  });

  it('record disruptions and have their effects', () => {
    const row = (type: string, more = '') =>
      `  - { kind: disruption, type: ${type}, severity: MODERATE, description: D, window: { fromDays: 2, toDays: 4 }, targets: { dcs: [1] }${more} }`;
    const outage = effectsOf(row('dc_outage'));
    expect(outage.disruptions(2)).toEqual([]);
    expect(outage.disruptions(1)).toEqual([
      {
        type: DISRUPTION_TYPES.indexOf('dc_outage'),
        severity: 1,
        description: 'D',
        startMs: dayMs(2),
        endMs: dayMs(4),
        impactPercent: 100,
      },
    ]);
    expect(outage.dcCapacity(1, dayMs(2))).toBe(0);
    expect(outage.dcCapacity(1, dayMs(4))).toBe(1);
    expect(outage.dcCapacity(2, dayMs(2))).toBe(1);
    const at = dayMs(3);
    expect(effectsOf(row('LABOR_SHORTAGE')).dcCapacity(1, at)).toBeCloseTo(0.55, 12);
    expect(effectsOf(row('inventory_shortage')).supply(1, 5, at)).toBeCloseTo(0.55, 12);
    expect(effectsOf(row('supplier_delay', ', impactPercent: 75')).leadTime(1, at, 1)).toBe(4);
    expect(effectsOf(row('weather_delay', ', impactPercent: 50')).travelTime(1, at)).toBe(2);
    expect(effectsOf(row('truck_breakdown', ', impactPercent: 100')).breakdown(1, 1, at)).toBe(20);
    expect(effectsOf(row('supplier_delay')).dcCapacity(1, at)).toBe(1);
  });

  it('list changes in order, each once', () => {
    const { changesMs } = effectsOf(`
  - { kind: traffic, factor: 2, window: { fromDays: 3, toDays: 5 } }
  - { kind: online, factor: 2, window: { fromDays: 1, toDays: 5 } }`);
    expect(changesMs(startMs, dayMs(30))).toEqual([dayMs(1), dayMs(3), dayMs(5)]);
    expect(changesMs(dayMs(3), dayMs(5))).toEqual([dayMs(3)]);
    expect(changesMs(dayMs(3) + 1, dayMs(5))).toEqual([]);
  });

  it('list the changes of one region', () => {
    const { changesMs } = effectsOf(`
  - { kind: closure, targets: { stores: [1] }, window: { fromDays: 3, toDays: 5 } }
  - { kind: online, factor: 2, targets: { dcs: [2] }, window: { fromDays: 1, toDays: 2 } }`);
    const ofStores = dcOfStore(1) === 1 ? [3, 5] : [];
    const ofRegion2 = dcOfStore(1) === 2 ? [1, 2, 3, 5] : [1, 2];
    expect(changesMs(startMs, dayMs(30), 1)).toEqual(ofStores.map(dayMs));
    expect(changesMs(startMs, dayMs(30), 2)).toEqual(ofRegion2.map(dayMs));
    expect(changesMs(startMs, dayMs(30))).toEqual([1, 2, 3, 5].map(dayMs));
  });

  it('say whether they change products', () => {
    const window = 'window: { fromDays: 0, toDays: 9 }';
    expect(effectsOf(`  - { kind: traffic, factor: 2, ${window} }`).touchesProducts).toBe(false);
    expect(effectsOf(`  - { kind: price, factor: 2, ${window} }`).touchesProducts).toBe(true);
  });

  it('depend only on the instant, whatever the order of calls', () => {
    // Those that set the weather would contradict each other.
    const scenarios = scenarioNames()
      .map((name) => loadScenario(name))
      .filter(({ effects }) => effects.every(({ kind }) => kind !== 'weather'));
    const asked = compileEffects(scenarios, world);
    const instant = fc.integer({ min: startMs - 400 * DAY_MS, max: startMs + 900 * DAY_MS });
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 5 }), instant, (before, atMs) => {
        const answer = (effects: Effects) => [
          effects.traffic(1, atMs),
          effects.departmentDemand(2, 1, atMs),
          effects.promotion(3, 1, atMs)?.code,
          effects.dcCapacity(1, atMs),
          effects.leadTime(1, atMs, 1),
        ];
        for (const ms of before) {
          asked.traffic(1, ms);
          asked.departmentDemand(2, 1, ms);
          asked.promotion(3, 1, ms);
          asked.dcCapacity(1, ms);
          asked.leadTime(1, ms, 1);
        }
        expect(answer(asked)).toEqual(answer(compileEffects(scenarios, world)));
      }),
      { numRuns: 15 },
    );
  });
});

describe('a target that the world lacks', () => {
  it.each([
    ['traffic, factor: 1', 'stores: [1, 99]', 'targets.stores[1] is 99', 'from 1 to 4'],
    ['online, factor: 1', 'dcs: [3]', 'targets.dcs[0] is 3', 'from 1 to 2'],
    ['traffic, factor: 1', 'states: [ZZ]', 'targets.states[0] is "ZZ"', 'a state with stores'],
    [
      'price, factor: 1',
      'categories: [Unobtainium]',
      'categories[0] is "Unobtainium"',
      'a category',
    ],
    ['price, factor: 1', 'products: [99999]', 'products[0] is 99999', 'from 1 to 1200'],
    [
      'price, factor: 1',
      'products: [Nothing]',
      'products[0] is "Nothing"',
      'the name of a product',
    ],
    ['traffic, factor: 1', 'stores: [1], dcs: [DC]', 'targets', 'some store satisfies'],
  ])('%s with %s is told', (kind, targets, where, expected) => {
    const elsewhere = String(3 - dcOfStore(1));
    const effect = `  - { kind: ${kind}, window: { fromDays: 0, toDays: 9 }, targets: { ${targets.replace('DC', elsewhere)} } }`;
    expect(() => effectsOf(effect)).toThrow(where);
    expect(() => effectsOf(effect)).toThrow(expected);
    expect(() => effectsOf(effect)).toThrow('trial.yaml');
  });
});
