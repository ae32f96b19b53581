/** Regions of a world, run over a digest of their facts. */
import { type Effects, NO_EFFECTS } from '../../src/policy/effects.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import type { World } from '../../src/world/world.ts';
import { DigestSink } from './digest-sink.ts';

/** A region's simulation over a digest of its facts. */
export function regionRun(
  world: World,
  options: { region?: number; interpreter?: 'derived' | 'stock'; effects?: Effects } = {},
) {
  const sink = new DigestSink();
  const base = {
    world,
    plan: world.regions[options.region ?? 0],
    effects: options.effects ?? NO_EFFECTS,
    facts: sink.facts,
  };
  const interpreter = options.interpreter ?? 'derived';
  return { sink, base, simulation: new RegionSimulation({ ...base, interpreter }) };
}
