import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { CAST, type Role } from '../../actors/cast.ts';
import { namesOf, ROLES } from '../../docs/roles.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import type { DisruptionCommand, RequestedType } from '../../src/domain/requested-disruption.ts';
import { statechartOf } from '../../src/engine/statechart.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { type Deeds, deedsOf } from './traced-region.ts';

const roles = Object.keys(CAST) as Role[];

/** Little stock, few lanes and two outages, so that everything happens soon. */
const VOLUME = {
  stores: 2,
  dcs: 1,
  total_customers: 1000,
  total_products: 300,
  customers_per_day: 120,
  online_orders_per_day: 30,
  store_initial_inventory_min: 1,
  store_initial_inventory_max: 12,
  dc_initial_inventory_min: 1,
  dc_initial_inventory_max: 60,
};
const DAYS = 12;

/** Only where another store is near. */
const SELDOM_SENT = [
  'customerSession sends VISIT_DUE to store',
  // The web shop is hardly ever out of all that a customer wants (tests/entities/ad-responses.test.ts).
  'onlineShop sends AD_ORDER_DUE to onlineShop',
  // Stock within ranges opens without orders under way (tests/entities/steady-start.test.ts has them).
  'distributionCenter sends STORE_ORDERED to distributionCenter',
];
/** Shrink seldom meets a last unit. */
const SELDOM_EMITTED = ['store emits stockouts', 'distributionCenter emits stockouts'];

function withSeldom(seen: ReadonlySet<string>, seldom: readonly string[]): string[] {
  return [...new Set([...seen, ...seldom])].sort();
}

function deedsOfBusyWorld(): Deeds {
  const config = configOf({ seed: 1, volume: VOLUME }, 'small');
  const world = buildWorld(config, loadDictionaries(), startOf(config));
  // The first falls into the hours that the region looks ahead when it opens.
  const outages = [world.startMs + HOUR_MS / 2, world.startMs + 5 * DAY_MS];
  const disruptions = outages.map((startMs) => ({
    type: 5,
    severity: 1,
    description: 'Outage',
    startMs,
    endMs: startMs + DAY_MS,
    impactPercent: 100,
  }));
  const effects = {
    ...NO_EFFECTS,
    disruptions: () => disruptions,
    dcCapacity: (_dcId: number, atMs: number) =>
      disruptions.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs) ? 0 : 1,
    changesMs: (fromMs: number, toMs: number) =>
      disruptions
        .flatMap(({ startMs, endMs }) => [startMs, endMs])
        .filter((atMs) => fromMs <= atMs && atMs < toMs),
  };
  const live = (
    type: RequestedType,
    number: number,
    startMs: number,
    days: number,
  ): DisruptionCommand => ({
    kind: 'create',
    atMs: startMs,
    disruption: {
      number,
      type,
      target: {},
      severityPercent: 100,
      description: 'By hand',
      startMs,
      endMs: startMs + days * DAY_MS,
    },
  });
  const shortageMs = world.startMs + 7 * DAY_MS;
  const breakdownMs = world.startMs + 9 * DAY_MS;
  const commands: DisruptionCommand[] = [
    live('inventory_shortage', 1, shortageMs, 1),
    live('truck_breakdown', 2, breakdownMs, 2),
    { kind: 'cancel', atMs: breakdownMs + DAY_MS, numbers: [2] },
  ];
  return deedsOf(world, effects, commands, world.startMs + DAYS * DAY_MS);
}

describe('the guide to the cast agrees with a region at work', () => {
  let deeds: Deeds;
  beforeAll(() => {
    deeds = deedsOfBusyWorld();
  });

  it('on who starts whom', () => {
    const told = roles.flatMap((role) =>
      ROLES[role].startedBy.map((source) => `${source} starts ${role}`),
    );
    expect([...deeds.starts].sort()).toEqual(told.sort());
  });

  it('on who sends what', () => {
    const told = roles.flatMap((role) =>
      Object.entries(ROLES[role].events).flatMap(([type, [sources]]) =>
        sources.map((source) => `${source} sends ${type} to ${role}`),
      ),
    );
    expect(withSeldom(deeds.sends, SELDOM_SENT)).toEqual(told.sort());
  });

  it('on who brings forth which facts', () => {
    const told = roles.flatMap((role) =>
      Object.keys(ROLES[role].facts).map((name) => `${role} emits ${name}`),
    );
    expect(withSeldom(deeds.facts, SELDOM_EMITTED)).toEqual(told.sort());
  });
});

describe('the guide to the cast', () => {
  it('claims every fact table and no other', () => {
    const claimed = new Set(roles.flatMap((role) => Object.keys(ROLES[role].facts)));
    expect([...claimed].sort()).toEqual([...FACT_NAMES].sort());
  });

  it.each(roles)('knows the events of %s and no other', (role) => {
    const types = [...statechartOf(CAST[role]).eventTypes];
    expect(Object.keys(ROLES[role].events).sort()).toEqual(types.sort());
  });

  it.each(roles)('calls %s by one name in statechart, port and entity', (role) => {
    const { file, entity, port } = namesOf(role);
    const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(CAST[role].id).toBe(role);
    expect(read(`../../actors/${file}`)).toContain(`export const ${role} = setup(`);
    expect(read(`../../actors/${file}`)).toContain(`context: ${port}; input: ${port};`);
    expect(read('../../src/domain/ports.ts')).toMatch(
      new RegExp(`^export interface ${port} `, 'm'),
    );
    expect(read(`../../src/entities/${file}`)).toMatch(
      new RegExp(`^export class ${entity}\\s+implements\\s+${port}\\b`, 'm'),
    );
  });
});
