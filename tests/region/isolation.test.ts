import { expect, it } from 'vitest';
import { buildWorld } from '../../src/world/build.ts';
import { loadConfig, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { DAY_MS, regionRun } from '../helpers/worlds.ts';

const small = loadConfig(undefined, 'small');
const dictionaries = loadDictionaries();

/** Digests of what happens in each region within two days, in a network of so many stores. */
function regionsWith(stores: number) {
  const config = { ...small, volume: { ...small.volume, stores } };
  const world = buildWorld(config, dictionaries, startOf(config));
  return world.regions.map((_, region) => {
    const { sink, simulation } = regionRun(world, { region });
    simulation.advance(world.startMs + 2 * DAY_MS);
    return sink.summary();
  });
}

it('a store added to one region changes no fact of another', () => {
  const before = regionsWith(small.volume.stores);
  const after = regionsWith(small.volume.stores + 1);
  const changed = before.filter((summary, region) => summary.receipts !== after[region].receipts);
  expect(changed.length).toBe(1);
  before.forEach((summary, region) => {
    if (!changed.includes(summary)) expect(after[region]).toEqual(summary);
  });
});
