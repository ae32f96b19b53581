import { expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { regionRun } from '../helpers/region-run.ts';
import { smallWorld } from '../world/fixtures.ts';

it('stock XState and the derived tables generate the same facts', () => {
  const world = smallWorld({}, 3);
  const [derived, stock] = (['derived', 'stock'] as const).map((interpreter) => {
    const { sink, simulation } = regionRun(world, { interpreter });
    simulation.advance(world.startMs + 2 * DAY_MS);
    return sink.summary();
  });
  expect(Object.keys(derived).length).toBeGreaterThan(12);
  expect(stock).toEqual(derived);
});
