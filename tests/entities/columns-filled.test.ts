/** Every column of every fact says something: a column that nobody fills would be a row of noughts. */
import { beforeAll, describe, expect, it } from 'vitest';
import { NULL } from '../../src/domain/columns.ts';
import { FACT_NAMES, FACTS, type FactSink } from '../../src/domain/facts.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { scarceWorld } from './scarce-world.ts';

const world = scarceWorld({
  ...{ dcs: 1, stores: 2, total_customers: 2500, customers_per_day: 200 },
  dc_initial_inventory_min: 1,
  dc_initial_inventory_max: 60,
});
const OUTAGE = `name: outage
title: An outage
description: Everything stands still, and is late afterwards
effects:
  - { kind: disruption, type: dc_outage, severity: SEVERE, description: Dark, window: { fromDays: 3, toDays: 5 } }`;
const DAYS = 16;

/** Table and column of each value that was neither nought nor nothing. */
const filled = new Set<string>();
beforeAll(() => {
  const facts = Object.fromEntries(
    FACT_NAMES.map((table) => [
      table,
      (record: Readonly<Record<string, number | string>>) => {
        for (const { name, field } of FACTS[table].columns) {
          const value = record[field];
          if (value !== 0 && value !== 0.5 && value !== '' && value !== NULL) {
            filled.add(`${table}.${name}`);
          }
        }
      },
    ]),
  ) as unknown as FactSink;
  const effects = compileEffects([parseScenario(OUTAGE, 'outage.yaml')], world);
  new RegionSimulation({ world, plan: world.regions[0], effects, facts }).advance(
    world.startMs + DAYS * DAY_MS,
  );
});

describe.each(FACT_NAMES)('%s', (table) => {
  it('has a value in every column', () => {
    const columns = FACTS[table].columns.map(({ name }) => `${table}.${name}`);
    expect(columns.filter((column) => !filled.has(column))).toEqual([]);
  });
});
