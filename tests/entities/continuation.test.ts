import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { regionRun } from '../helpers/region-run.ts';
import { smallWorld } from '../world/fixtures.ts';

const DAYS = 4;
const world = smallWorld();
const endMs = world.startMs + DAYS * DAY_MS;
const whole = regionRun(world);
whole.simulation.advance(endMs);

describe('a region saved and restored', () => {
  it('continues fact for fact as if it had never stopped, wherever it was cut', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: DAYS * DAY_MS - 1 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(cuts, (offsets) => {
        const { sink, base, simulation } = regionRun(world);
        let current = simulation;
        for (const offset of offsets.sort((a, b) => a - b)) {
          current.advance(world.startMs + offset);
          current = RegionSimulation.restore(base, plainCopy(current.save()));
        }
        current.advance(endMs);
        expect(sink.summary()).toEqual(whole.sink.summary());
        expect(plainCopy(current.save())).toEqual(plainCopy(whole.simulation.save()));
      }),
      { numRuns: 6, seed: 7 },
    );
  });

  it('would notice a lost draw', () => {
    const { sink, base, simulation } = regionRun(world);
    simulation.advance(world.startMs + DAY_MS);
    const saved = plainCopy(simulation.save());
    (saved.shop as { stream: number[] }).stream[0] ^= 1;
    RegionSimulation.restore(base, saved).advance(endMs);
    expect(sink.summary()).not.toEqual(whole.sink.summary());
  });
});
