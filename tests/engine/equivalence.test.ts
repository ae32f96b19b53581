import { expect, test } from 'vitest';
import { acceptedMachines, traceOf } from './random-world.ts';

/** More runs, to search for differences: FUZZ_RUNS=20000 FUZZ_SEED=1 npx vitest run tests/engine/equivalence */
const runs = Number(process.env.FUZZ_RUNS ?? 150);
const firstSeed = Number(process.env.FUZZ_SEED ?? 1) * 1_000_000;

test('derived actors do exactly what stock XState does', () => {
  let compared = 0;
  let lines = 0;
  let faults = 0;
  for (let seed = firstSeed; compared < runs; seed++) {
    const machines = acceptedMachines(seed);
    if (machines === undefined) continue;
    const faultRate = seed % 4 === 0 ? 0.02 : 0;
    const derived = traceOf({ interpreter: 'derived', seed, machines, faultRate });
    const stock = traceOf({ interpreter: 'stock', seed, machines, faultRate });
    expect(derived, `seed ${seed}`).toEqual(stock);
    compared++;
    lines += derived.length;
    if (derived.at(-1)?.startsWith('Simulation stopped')) faults++;
  }
  // The comparison means something only if the statecharts do something.
  expect(lines).toBeGreaterThan(50 * runs);
  expect(faults).toBeGreaterThan(runs / 50);
});
