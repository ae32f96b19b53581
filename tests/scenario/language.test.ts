/** Parameters, bases, windows that come again or depend on weather and chance, and targets by attribute. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SEGMENTS, SKIES, STORE_SIZES } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { weatherOfYear } from '../../src/policy/weather.ts';
import { chooseScenarios } from '../../src/scenario/chosen-scenarios.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { evaluate } from '../../src/scenario/expression.ts';
import { loadScenario, parseScenario } from '../../src/scenario/scenario.ts';
import { messageOf, smallWorld, temporaryFolder } from '../world/fixtures.ts';

const world = smallWorld();
const { startMs } = world;

const HEAD = 'name: trial\ntitle: T\ndescription: D\n';
const parsed = (text: string) => parseScenario(`${HEAD}${text}`, 'trial.yaml');
const effectsOf = (text: string) => compileEffects([parsed(`effects:\n${text}`)], world);
const failureOf = (text: string) => messageOf(() => parsed(text));

function filesOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('an expression', () => {
  it.each([
    ['3 + days * 2', 13],
    ['(3 + days) * 2', 16],
    ['-days / 2', -2.5],
    ['1 - 2 - 3', -4],
    ['0.1 * 3', 0.3],
    ['days', 5],
    ['state', 'TX'],
  ])('%s is %s', (text, value) => {
    expect(evaluate(text, { days: 5, state: 'TX' })).toBe(value);
  });

  it.each(['1 +', '(1', '1 2', 'day', 'state + 1', '1 / 0', '2 % 1', ''])(
    '%j is refused',
    (text) => {
      expect(() => evaluate(text, { days: 5, state: 'TX' })).toThrow(RangeError);
    },
  );
});

describe('parameters', () => {
  const TEXT = `params:
  outageDays: { default: 3, minimum: 1, maximum: 30, about: Days. }
  state: TX
effects:
  - kind: traffic
    window: { fromDays: 2, toDays: "\${2 + outageDays}" }
    targets: { states: ["\${state}"] }
    factor: "\${1 / outageDays}"
`;

  it('stand for their defaults, or for what is set', () => {
    const [effect] = parsed(TEXT).effects;
    expect(effect).toMatchObject({
      window: { toDays: 5 },
      targets: { states: ['TX'] },
      factor: 0.333333333333,
    });
    const set = parseScenario(HEAD + TEXT, 'trial.yaml', { set: { outageDays: 4 } });
    expect(set.effects[0]).toMatchObject({ window: { toDays: 6 }, factor: 0.25 });
    expect(set.params).toEqual({ outageDays: 4, state: 'TX' });
    expect(set.sha256).not.toBe(parsed(TEXT).sha256);
  });

  it('change nothing of a scenario whose values are those written out', () => {
    const plain = TEXT.replace(/params:[\s\S]*?effects/, 'effects')
      .replace(/"\$\{2 \+ outageDays\}"/, '5')
      .replace(/"\$\{state\}"/, 'TX')
      .replace(/"\$\{1 \/ outageDays\}"/, '0.333333333333');
    expect(parsed(plain).sha256).toBe(parsed(TEXT).sha256);
  });

  it.each([
    [{ outageDays: 31 }, 'outageDays is 31: expected a number from 1 to 30'],
    [{ outageDays: 'long' }, 'outageDays is "long": expected a number from 1 to 30'],
    [{ state: 5 }, 'state is 5: expected a text'],
  ])('refuse %j', (set, message) => {
    expect(messageOf(() => parseScenario(HEAD + TEXT, 'trial.yaml', { set }))).toContain(message);
  });

  it('that do not exist are told with line and suggestion', () => {
    const message = failureOf(TEXT.replace('2 + outageDays', '2 + outageDay'));
    expect(message).toContain('line 9: effects[0].window.toDays is "$' + '{2 + outageDay}"');
    expect(message).toContain('did you mean "outageDays"?');
    expect(failureOf(TEXT.replace('outageDays: {', 'outage-days: {'))).toContain(
      'params.outage-days',
    );
  });

  it('are set by name, for one scenario or for all', () => {
    const folder = filesOf({
      'one.yaml': `${HEAD.replace('trial', 'one')}${TEXT}`,
      'two.yaml': `${HEAD.replace('trial', 'two')}${TEXT}`,
    });
    const names = [join(folder, 'one.yaml'), join(folder, 'two.yaml')];
    const daysOf = (sets: string[]) =>
      chooseScenarios(names, sets).map(({ params }) => params.outageDays);
    expect(daysOf([])).toEqual([3, 3]);
    expect(daysOf(['outageDays=5'])).toEqual([5, 5]);
    expect(daysOf(['outageDays=5', 'two.outageDays=7'])).toEqual([5, 7]);
    expect(messageOf(() => chooseScenarios(names, ['outagedays=5']))).toMatch(
      /no parameter "outagedays": expected outageDays.*did you mean "outageDays"/,
    );
    expect(messageOf(() => chooseScenarios(names, ['three.outageDays=5']))).toContain(
      'there is no scenario "three" here, only one, two',
    );
    expect(messageOf(() => chooseScenarios(names, ['outageDays 5']))).toContain(
      'expected name=value',
    );
  });
});

describe('a scenario that extends others', () => {
  const BASE = `name: base
title: B
description: D
params: { days: 3 }
effects:
  - { kind: traffic, factor: 2, window: { fromDays: 0, toDays: "\${days}" } }
trial: { from: 2024-03-04, days: 3 }
expect: [{ metric: visits, atLeast: 1.5 }]
`;
  const MORE = `name: more
title: M
description: D
extends: ./base.yaml
params: { days: 8 }
effects:
  - { kind: online, factor: 3, window: { fromDays: 0, toDays: "\${days + 1}" } }
`;

  it('has their effects first, with its own parameters, and their trial', () => {
    const folder = filesOf({ 'base.yaml': BASE, 'more.yaml': MORE });
    const { effects, trial, expect: expected, params } = loadScenario(join(folder, 'more.yaml'));
    expect(effects).toMatchObject([
      { kind: 'traffic', window: { toDays: 8 } },
      { kind: 'online', window: { toDays: 9 } },
    ]);
    expect(trial).toEqual({ from: '2024-03-04', days: 3 });
    expect(expected).toHaveLength(1);
    expect(params).toEqual({ days: 8 });
    const [longer] = chooseScenarios([join(folder, 'more.yaml')], ['days=9']);
    expect(longer.effects).toMatchObject([{ window: { toDays: 9 } }, { window: { toDays: 10 } }]);
  });

  it('may not come back to itself', () => {
    const folder = filesOf({ 'base.yaml': `${BASE}extends: more.yaml\n`, 'more.yaml': MORE });
    expect(messageOf(() => loadScenario(join(folder, 'more.yaml')))).toMatch(
      /more\.yaml extends base\.yaml extends more\.yaml/,
    );
  });

  it('is told which line extends what is not there, or is wrong', () => {
    const missing = filesOf({ 'more.yaml': MORE });
    expect(messageOf(() => loadScenario(join(missing, 'more.yaml')))).toMatch(
      /more\.yaml, line 4: extends: Cannot find scenario ".*base\.yaml"/,
    );
    const wrong = filesOf({
      'base.yaml': BASE.replace('factor: 2', 'factor: -2'),
      'more.yaml': MORE,
    });
    expect(messageOf(() => loadScenario(join(wrong, 'more.yaml')))).toMatch(
      /more\.yaml, line 4: extends: .*base\.yaml:\n {2}line 6: effects\[0\]\.factor is -2/,
    );
    // A text without a file, as from a browser, reaches no files.
    expect(failureOf('extends: ./base.yaml\n')).toContain('the name of a scenario of the project');
    expect(parsed('extends: disruption\n').effects).toEqual(loadScenario('disruption').effects);
  });
});

describe('windows', () => {
  const ONE_ZONE = 'targets: { stores: [1] }';
  const offsetMs = 5 * HOUR_MS;
  const zoned = {
    ...world,
    stores: world.stores.map((store) => ({ ...store, timeZone: 'America/New_York' })),
  };
  const zonedEffects = (text: string) => compileEffects([parsed(`effects:\n${text}`)], zoned);

  it('come again on days of the week, between hours on the local clock', () => {
    const { traffic } = zonedEffects(
      `  - { kind: traffic, factor: 2, ${ONE_ZONE}, window: { every: friday, fromHour: 18, toHour: 26, from: +7d } }`,
    );
    // The world opens on Monday, 1 January 2024.
    const at = (day: number, hour: number) =>
      traffic(1, Date.UTC(2024, 0, day) + offsetMs + hour * HOUR_MS);
    expect([at(5, 19), at(12, 17.99), at(12, 18), at(12, 25.99), at(12, 26)]).toEqual([
      1, 1, 2, 2, 1,
    ]);
    expect([at(19, 20), at(18, 20)]).toEqual([2, 1]);
    const weekend = zonedEffects(
      `  - { kind: traffic, factor: 2, ${ONE_ZONE}, window: { every: [weekend, wednesday] } }`,
    );
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => weekend.traffic(1, Date.UTC(2024, 0, day, 17)));
    expect(days).toEqual([1, 1, 2, 1, 1, 2, 2]);
  });

  it('come again around a day of the month, the last one if it is shorter', () => {
    const { traffic } = zonedEffects(
      `  - { kind: traffic, factor: 2, ${ONE_ZONE}, window: { monthDay: 31, toDays: 2 } }`,
    );
    const at = (month: number, day: number) => traffic(1, Date.UTC(2024, month - 1, day, 17));
    expect([at(1, 30), at(1, 31), at(2, 1), at(2, 2), at(2, 29), at(3, 1)]).toEqual([
      1, 2, 2, 1, 2, 2,
    ]);
  });

  it('follow the spells of the weather, region by region', () => {
    const effects = effectsOf(
      '  - { kind: online, factor: 2, window: { weather: [RAIN, RAIN_ALL_DAY], fromDays: -1 } }',
    );
    for (const { id, latitude, longitude, timeZone } of world.dcs) {
      const skies = weatherOfYear(world.seed, id, { latitude, longitude }, 2024).map(
        ({ sky }) => SKIES[sky],
      );
      const noonUtc = (day: number) => Date.UTC(2024, 0, 1, 18) + day * DAY_MS;
      expect(timeZone).toMatch(/^America/);
      const isWet = (day: number) => skies[day]?.startsWith('RAIN') ?? false;
      for (let day = 1; day < 300; day++) {
        expect(effects.online(id, noonUtc(day))).toBe(isWet(day) || isWet(day + 1) ? 2 : 1);
      }
    }
    const spells = effectsOf(
      '  - { kind: online, factor: 2, window: { weather: CLEAR, atLeastDays: 100 } }',
    );
    expect(spells.online(1, startMs + 30 * DAY_MS)).toBe(1);
  });

  it('happen by chance: the same for all effects of a scenario, in each region for itself', () => {
    const window = 'window: { every: day, probability: 0.3 }';
    const effects = effectsOf(
      `  - { kind: traffic, factor: 2, ${window} }\n  - { kind: online, factor: 2, ${window} }`,
    );
    const days = Array.from({ length: 1000 }, (_, day) => startMs + day * DAY_MS + 18 * HOUR_MS);
    const happens = (dcId: number) => days.map((atMs) => effects.online(dcId, atMs) === 2);
    const share = happens(1).filter(Boolean).length / days.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(happens(1)).not.toEqual(happens(2));
    const [store] = world.regions[0].stores;
    expect(days.map((atMs) => effects.traffic(store.id, atMs) === 2)).toEqual(happens(1));
  });

  it.each([
    ['{ every: firday }', 'window.every is "firday"', 'did you mean "friday"'],
    ['{ every: friday, fromHour: 20, toHour: 8 }', 'window is', 'end after it begins'],
    ['{ every: friday, from: +9d, to: +2d }', 'window is', 'end after it begins'],
    ['{ monthDay: 32 }', 'window.monthDay is 32', 'a day of the month'],
    ['{ weather: HAIL }', 'window.weather is "HAIL"', 'SNOW'],
    ['{ weather: SNOW, fromDays: 3 }', 'window is', 'end after it begins'],
    ['{ every: friday, probability: 1.5 }', 'window.probability is 1.5', 'from 0 to 1'],
  ])('%s is refused', (window, where, expected) => {
    const message = failureOf(`effects:\n  - { kind: traffic, factor: 2, window: ${window} }\n`);
    expect(message).toContain(`line 5: effects[0].${where}`);
    expect(message).toContain(expected);
  });

  it('of disruptions on record are those that the calendar decides', () => {
    const row = 'kind: disruption, type: dc_outage, severity: MINOR, description: D';
    for (const window of ['{ weather: SNOW }', '{ every: friday, probability: 0.5 }']) {
      expect(failureOf(`effects:\n  - { ${row}, window: ${window} }\n`)).toContain(
        'effects[0].window depends on weather or chance',
      );
    }
    expect(parsed(`effects:\n  - { ${row}, window: { every: friday } }\n`).effects).toHaveLength(1);
  });
});

describe('targets by attribute', () => {
  const window = 'window: { fromDays: 0, toDays: 9 }';
  const { products } = world;

  it('choose stores by size, and a share of them alike for all effects', () => {
    for (const [size, name] of STORE_SIZES.entries()) {
      if (!world.stores.some((store) => store.size === size)) continue;
      const { traffic } = effectsOf(
        `  - { kind: traffic, factor: 2, ${window}, targets: { sizes: [${name}] } }`,
      );
      for (const store of world.stores)
        expect(traffic(store.id, startMs)).toBe(store.size === size ? 2 : 1);
    }
    const half = effectsOf(
      `  - { kind: traffic, factor: 2, ${window}, targets: { storeShare: 0.5 } }\n  - { kind: closure, ${window}, targets: { storeShare: 0.5 } }`,
    );
    const hit = world.stores.filter(({ id }) => half.traffic(id, startMs) === 2);
    expect(hit).toHaveLength(world.stores.length / 2);
    for (const { id } of world.stores)
      expect(half.closed(id, startMs)).toBe(hit.some((store) => store.id === id));
  });

  it('choose products by brand, supplier and band of prices', () => {
    const brand = products.brand[5];
    const supplier = products.supplierId[9];
    const effects = effectsOf(`
  - { kind: productDemand, factor: 2, ${window}, targets: { brands: [${JSON.stringify(brand)}] } }
  - { kind: supply, factor: 0, ${window}, targets: { suppliers: [${supplier}] } }
  - { kind: price, factor: 1.5, ${window}, targets: { prices: { atLeast: 5, below: 9.99 } } }`);
    for (let index = 0; index < products.count; index++) {
      const cents = products.salePriceCents[index];
      expect(effects.productDemand(1, index + 1, startMs)).toBe(
        products.brand[index] === brand ? 2 : 1,
      );
      expect(effects.supply(1, index + 1, startMs)).toBe(
        products.supplierId[index] === supplier ? 0 : 1,
      );
      expect(effects.price(1, index + 1, startMs)).toBe(cents >= 500 && cents < 999 ? 1.5 : 1);
    }
  });

  it('choose segments, suppliers, tenders and ways of fulfilment', () => {
    const effects = effectsOf(`
  - { kind: basket, factor: 2, ${window}, targets: { segments: [BUDGET] } }
  - { kind: leadTime, factor: 3, ${window}, targets: { suppliers: [2] } }
  - { kind: tender, factor: 0, ${window}, targets: { tenders: [CASH] } }
  - { kind: fulfillment, factor: 4, ${window}, targets: { modes: [BOPIS] } }`);
    expect(SEGMENTS.map((_, segment) => effects.basket(1, startMs, segment))).toEqual([2, 1, 1, 1]);
    expect([1, 2, 3].map((supplier) => effects.leadTime(1, startMs, supplier))).toEqual([1, 3, 1]);
    expect([0, 1].map((way) => effects.tender(1, way, startMs))).toEqual([0, 1]);
    expect([0, 1, 2].map((mode) => effects.fulfillment(1, mode, startMs))).toEqual([1, 1, 4]);
    expect(failureOf(`effects:\n  - { kind: tender, factor: 0, ${window} }\n`)).toContain(
      'effects[0].targets is missing: expected targets that name tenders',
    );
  });

  it.each([
    ['brands: [Nobody]', 'targets.brands[0] is "Nobody"', 'a brand'],
    ['suppliers: [999999]', 'targets.suppliers[0] is 999999', 'from 1 to'],
    ['prices: { atLeast: 99999 }', 'targets is', 'some product satisfies'],
  ])('%s is told with file and line', (targets, where, expected) => {
    const message = messageOf(() =>
      effectsOf(`  - kind: price\n    factor: 1.1\n    ${window}\n    targets: { ${targets} }`),
    );
    expect(message).toContain('scenario trial.yaml in this world: line 8: effects[0].');
    expect(message).toContain(where);
    expect(message).toContain(expected);
  });
});

describe('conflicts', () => {
  it('of effects that repeat each other are told', () => {
    const effect = (factor: number) =>
      `  - { kind: traffic, factor: ${factor}, window: { fromDays: 0, toDays: 9 }, targets: { stores: [1] } }\n`;
    const message = failureOf(`effects:\n${effect(2)}${effect(3)}`);
    expect(message).toContain('line 6: effects[1] conflicts with effects[0]');
  });

  it('of skies are told, within a scenario and between two', () => {
    const sky = (name: string, fromDays: number) =>
      `  - { kind: weather, sky: ${name}, window: { fromDays: ${fromDays}, toDays: ${fromDays + 3} } }\n`;
    expect(() => effectsOf(sky('SNOW', 0) + sky('HEAT', 3))).not.toThrow();
    expect(messageOf(() => effectsOf(sky('SNOW', 0) + sky('HEAT', 2)))).toMatch(
      /line 6: effects\[1\] conflicts with another sky of region 1 from 2024-01-01/,
    );
    const other = parseScenario(
      `name: other\ntitle: T\ndescription: D\neffects:\n${sky('HEAT', 1)}`,
      'other.yaml',
    );
    expect(
      messageOf(() => compileEffects([parsed(`effects:\n${sky('SNOW', 0)}`), other], world)),
    ).toContain('scenario other.yaml');
  });
});
