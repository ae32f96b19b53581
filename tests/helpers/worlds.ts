/** Worlds for tests: small ones, built once per test file. */
import { NO_EFFECTS, type Effects } from '../../src/policy/effects.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { buildWorld } from '../../src/world/build.ts';
import { loadConfig, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import type { World } from '../../src/world/world.ts';
import { DigestSink } from './digest-sink.ts';

export const DAY_MS = 86_400_000;

/** The world of the preset `small` with the given seed. */
export function smallWorld(seed = 42): World {
  const config = { ...loadConfig(undefined, 'small'), seed };
  return buildWorld(config, loadDictionaries(), startOf(config));
}

/** A region's simulation over a digest of its facts. */
export function regionRun(
  world: World,
  options: { region?: number; engine?: 'derived' | 'stock'; effects?: Effects } = {},
) {
  const sink = new DigestSink();
  const base = {
    world,
    plan: world.regions[options.region ?? 0],
    effects: options.effects ?? NO_EFFECTS,
    facts: sink.facts,
  };
  const engine = options.engine ?? 'derived';
  return { sink, base, simulation: new RegionSimulation({ ...base, engine }) };
}
