/** A small world in which everything happens soon: what the docs take their examples from. */
import { FACT_NAMES, type FactName, type FactRecord, type FactSink } from '../src/domain/facts.ts';
import { DAY_MS } from '../src/engine/time.ts';
import { RegionSimulation } from '../src/run/region-simulation.ts';
import { worldIdOf } from '../src/store/world-id.ts';
import { identityOf, type WorldSettings } from '../src/store/world-settings.ts';
import { buildWorld } from '../src/world/build.ts';
import { configOf } from '../src/world/config.ts';
import { loadDictionaries } from '../src/world/dictionaries.ts';
import { loadScenario } from '../src/scenario/scenario.ts';
import { compileEffects } from '../src/scenario/effects.ts';

/** Little stock, so that shelves run empty and are filled again, and an outage of a DC. */
const VOLUME = {
  stores: 4,
  dcs: 2,
  total_customers: 1600,
  total_products: 300,
  customers_per_day: 120,
  online_orders_per_day: 40,
  store_initial_inventory_min: 1,
  store_initial_inventory_max: 12,
  dc_initial_inventory_min: 1,
  dc_initial_inventory_max: 60,
};
const DAYS = 10;

const START_MS = Date.UTC(2024, 2, 4);

function settings(): WorldSettings {
  return {
    config: configOf({ seed: 5, volume: VOLUME }, 'small'),
    dictionaries: loadDictionaries(),
    scenarios: [loadScenario('disruption')],
  };
}

/** What its events carry as world_id. */
export function exampleWorldId(): string {
  return worldIdOf(identityOf(settings(), START_MS));
}

/** The world, and its regions ready to be run. */
export function exampleWorld() {
  const { config, dictionaries, scenarios } = settings();
  const world = buildWorld(config, dictionaries, START_MS);
  const effects = compileEffects(scenarios, world);
  const openRegion = (region: number, facts: FactSink) =>
    new RegionSimulation({ world, plan: world.regions[region], effects, facts });
  return { world, effects, openRegion };
}

/** Takes any fact, with its table. A record is only lent. */
type TakeFact = <Name extends FactName>(table: Name, record: FactRecord<Name>) => void;

/** A sink that hands every fact to one function. */
function eachFact(take: TakeFact): FactSink {
  return Object.fromEntries(
    FACT_NAMES.map((table) => [table, (record: never) => take(table, record)]),
  ) as unknown as FactSink;
}

/** Runs the whole world, region after region. */
export function runExample(take: TakeFact): void {
  const { world, openRegion } = exampleWorld();
  for (const region of world.regions.keys()) {
    openRegion(region, eachFact(take)).advance(world.startMs + DAYS * DAY_MS);
  }
}
