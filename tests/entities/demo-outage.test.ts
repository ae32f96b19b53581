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
const world = buildWorld(configOf({ seed: 7 }, 'demo'), dictionaries, START_MS);
const [plan] = world.regions;

interface Outcome {
  /** Units that shoppers did not find and dropped, or bought elsewhere. */
  lost: number;
  /** Products of which a store had none left, by hour of the window. */
  emptied: number[];
}

function run(outage: boolean): Outcome {
  const outcome: Outcome = { lost: 0, emptied: [] };
  const facts = {
    ...Object.fromEntries(FACT_NAMES.map((name) => [name, () => {}])),
    unmet_demand: ({ eventMs, qty, reaction }) => {
      const { nothing, otherStore } = SHELF_REACTION;
      const isLost = reaction === nothing || reaction === otherStore;
      if (eventMs >= BEGINS_MS && isLost) outcome.lost += qty;
    },
    stockouts: ({ eventMs, storeId, backroomQuantity }) => {
      if (storeId < 1 || eventMs < BEGINS_MS || backroomQuantity > 0) return;
      const hour = Math.floor((eventMs - BEGINS_MS) / HOUR_MS);
      outcome.emptied[hour] = (outcome.emptied[hour] ?? 0) + 1;
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
  region.executive.run(ENDS_MS);
  return outcome;
}

let usual: Outcome;
let down: Outcome;
beforeAll(() => {
  usual = run(false);
  down = run(true);
});

const sum = (counts: readonly (number | undefined)[]) =>
  counts.reduce<number>((total, count) => total + (count ?? 0), 0);

it('an outage of three days costs the stores at least five times the sales that are lost anyway', () => {
  expect(usual.lost).toBeGreaterThan(0);
  expect(down.lost).toBeGreaterThan(5 * usual.lost);
});

it('the first products run out within hours', () => {
  expect(sum(down.emptied.slice(0, 12))).toBeGreaterThan(sum(usual.emptied.slice(0, 12)));
  expect(sum(down.emptied.slice(0, 36))).toBeGreaterThan(2 * sum(usual.emptied.slice(0, 36)));
});
