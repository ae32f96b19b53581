import { beforeAll, expect, it } from 'vitest';
import type { RequestedDisruption } from '../../src/domain/requested-disruption.ts';
import { FACT_NAMES, type FactSink } from '../../src/domain/facts.ts';
import { SHELF_REACTION } from '../../src/domain/values.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { Region } from '../../src/entities/region.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import { dictionaries } from '../world/fixtures.ts';

/** Monday 4 March 2024; the outage begins on Wednesday at 12:00 UTC, before the stores open. */
const START_MS = Date.UTC(2024, 2, 4);
const BEGINS_MS = START_MS + 2 * DAY_MS + 12 * HOUR_MS;
const ENDS_MS = BEGINS_MS + 3 * DAY_MS;
const LOST: ReadonlySet<number> = new Set([SHELF_REACTION.nothing, SHELF_REACTION.otherStore]);
const world = buildWorld(configOf({ seed: 7 }, 'demo'), dictionaries, START_MS);
const [plan] = world.regions;

interface Outcome {
  /** Units of lost sales: shoppers dropped them or went elsewhere. */
  lost: number;
  /** By hour of the window: units a day that shoppers would have bought of what had an empty shelf then. */
  empty: number[];
}

function run(outage: boolean): Outcome {
  const outcome: Outcome = { lost: 0, empty: [] };
  const facts = {
    ...Object.fromEntries(FACT_NAMES.map((name) => [name, () => {}])),
    unmet_demand: ({ eventMs, qty, reaction }) => {
      if (eventMs >= BEGINS_MS && LOST.has(reaction)) outcome.lost += qty;
    },
  } as FactSink;
  const region = new Region({ world, plan, effects: NO_EFFECTS, facts });
  region.open();
  region.executive.run(BEGINS_MS);
  if (outage) {
    const disruption: RequestedDisruption = {
      number: 1,
      type: 'dc_outage',
      target: { dcs: [plan.id] },
      severityPercent: 100,
      description: 'By hand',
      startMs: BEGINS_MS,
      endMs: ENDS_MS,
    };
    region.disruptions.apply({ kind: 'create', atMs: BEGINS_MS, disruption });
  }
  // Crews fill at full hours: half past is between two rounds.
  for (let atMs = BEGINS_MS + HOUR_MS / 2; atMs < ENDS_MS; atMs += HOUR_MS) {
    region.executive.run(atMs);
    let empty = 0;
    for (const { stock, doorsOpen } of region.stores) {
      if (!doorsOpen) continue;
      for (let product = 0; product < stock.carried.length; product++) {
        const isOut = stock.carried[product] === 1 && stock.available(product) <= 0;
        if (isOut && world.products.launchMs[product] <= atMs) empty += stock.forecast[product];
      }
    }
    outcome.empty.push(empty);
  }
  region.executive.run(ENDS_MS);
  return outcome;
}

let usual: Outcome;
let down: Outcome;
beforeAll(() => {
  usual = run(false);
  down = run(true);
});

const sum = (hours: readonly number[]) => hours.reduce((total, empty) => total + empty, 0);

it('an outage of three days empties shelves of five times the demand of those that are empty anyway', () => {
  expect(sum(usual.empty)).toBeGreaterThan(0);
  expect(sum(down.empty)).toBeGreaterThan(5 * sum(usual.empty));
});

it('it loses five times as many sales', () => {
  expect(usual.lost).toBeGreaterThan(0);
  expect(down.lost).toBeGreaterThan(5 * usual.lost);
});

it('it is felt within hours: on the first day', () => {
  const within = (hours: number) =>
    sum(down.empty.slice(0, hours)) / sum(usual.empty.slice(0, hours));
  expect(within(12)).toBeGreaterThan(1.3);
  expect(within(24)).toBeGreaterThan(2);
});
