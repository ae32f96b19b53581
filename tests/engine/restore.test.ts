import { createMachine, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import type { ExecutiveState } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { RandomWorld } from './random-statechart.ts';
import { acceptedMachines, traceOf } from './random-world.ts';

const key = purposeKey('test', 'interruption');

test('an executive restored at any time continues as if never interrupted', () => {
  let compared = 0;
  let interruptions = 0;
  for (let seed = 5_000_000; compared < 50; seed++) {
    const machines = acceptedMachines(seed);
    if (machines === undefined) continue;
    const stream = Substream.of(seed, key);
    let calm: ExecutiveState | undefined;
    let interrupted: ExecutiveState | undefined;
    const options = { interpreter: 'derived', seed, machines, faultRate: 0 } as const;
    const expected = traceOf({
      ...options,
      betweenRounds: ({ executive }) => {
        calm = executive.save();
      },
    });
    const actual = traceOf({
      ...options,
      betweenRounds: (world: RandomWorld) => {
        interrupted = world.executive.save();
        if (!stream.chance(0.5)) return;
        interruptions++;
        world.executive = Executive.restore(structuredClone(interrupted), {
          seed,
          machines,
          contextOf: (handle) => world.entities[handle],
        });
      },
    });
    expect(actual, `seed ${seed}`).toEqual(expected);
    expect(interrupted, `seed ${seed}`).toEqual(calm);
    compared++;
  }
  expect(interruptions).toBeGreaterThan(200);
});

describe('a state that does not fit the program is refused', () => {
  const lamp = setup({}).createMachine({
    id: 'lamp',
    initial: 'dark',
    states: { dark: { on: { TOGGLE: 'lit' } }, lit: { on: { TOGGLE: 'dark' } } },
  });
  const executive = new Executive({ startMs: 0 });
  executive.start(lamp, {});
  const state = executive.save();
  const contextOf = () => ({});

  test('when a machine is missing', () => {
    expect(() => Executive.restore(state, { machines: [], contextOf })).toThrow(
      'Cannot restore actors of "lamp"',
    );
  });

  test('when a machine has changed', () => {
    const changed = createMachine({ id: 'lamp', initial: 'broken', states: { broken: {} } });
    expect(() => Executive.restore(state, { machines: [changed], contextOf })).toThrow(
      'its statechart has changed since the state was saved',
    );
  });

  test('by the interpreter "stock", which cannot save either', () => {
    const stock = new Executive({ startMs: 0, interpreter: 'stock' });
    expect(() => stock.save()).toThrow('Cannot save actors of the interpreter "stock"');
    const options = { machines: [lamp], contextOf, interpreter: 'stock' } as const;
    expect(() => Executive.restore(state, options)).toThrow('Cannot restore actors into');
  });
});
