import { expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { regionRun } from '../helpers/region-run.ts';
import { smallConfig, smallWorld } from '../world/fixtures.ts';

/** Digests of what happens in each region within two days, in a network of so many stores. */
function regionsWith(stores: number) {
  const world = smallWorld({ stores });
  return world.regions.map((_, region) => {
    const { sink, simulation } = regionRun(world, { region });
    simulation.advance(world.startMs + 2 * DAY_MS);
    return sink.summary();
  });
}

it('a store added to one region changes no fact of another', () => {
  const { stores } = smallConfig().volume;
  const before = regionsWith(stores);
  const after = regionsWith(stores + 1);
  const changed = before.filter((summary, region) => summary.receipts !== after[region].receipts);
  expect(changed.length).toBe(1);
  before.forEach((summary, region) => {
    if (!changed.includes(summary)) expect(after[region]).toEqual(summary);
  });
});
