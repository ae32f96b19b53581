import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import type { Interpreter } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import type { SimulationFault } from '../../src/engine/fault.ts';

interface Door {
  lines: string[];
  executive?: Executive;
  /** Called by the action `call`. */
  call?: (argument: number) => void;
}

type Events = { type: 'OPEN' | 'CLOSE' | 'CALL' | 'BREAK'; argument: number };

const door = setup({
  types: {} as { context: Door; input: Door; events: Events },
  actions: {
    note: ({ context, event }) => {
      context.lines.push(`${event.type} ${event.argument}`);
    },
    call: ({ context, event }) => context.call?.(event.argument),
    breakDown: () => {
      throw new TypeError('the hinge is off');
    },
  },
}).createMachine({
  id: 'door',
  context: ({ input }) => input,
  initial: 'shut',
  states: {
    shut: {
      initial: 'locked',
      states: { locked: {} },
      on: { OPEN: { target: 'open', actions: 'note' }, CALL: { actions: ['call', 'note'] } },
    },
    open: {
      on: {
        CLOSE: { target: 'gone', actions: 'note' },
        CALL: { actions: ['call', 'note'] },
        BREAK: { actions: 'breakDown' },
      },
    },
    gone: { type: 'final' },
  },
});

const interpreters: Interpreter[] = ['derived', 'stock'];

describe.each(interpreters)('executive with the interpreter %s', (interpreter) => {
  const set = (): { executive: Executive; record: Door; handle: number } => {
    const executive = new Executive({ startMs: 1000, interpreter, seed: 42 });
    const record: Door = { lines: [], executive };
    return { executive, record, handle: executive.start(door, record) };
  };

  test('delivers in order of time and, at the same time, of scheduling', () => {
    const { executive, record, handle } = set();
    executive.sendAt(1005, handle, 'CALL', 3);
    executive.sendAt(1004, handle, 'CALL', 1);
    executive.sendAt(1004, handle, 'CALL', 2);
    expect(executive.pending).toBe(3);
    expect(executive.run(1005)).toBe(2);
    expect(executive.nowMs).toBe(1005);
    expect(executive.run(1006)).toBe(1);
    expect(record.lines).toEqual(['CALL 1', 'CALL 2', 'CALL 3']);
  });

  test('takes back what was cancelled', () => {
    const { executive, record, handle } = set();
    const ticket = executive.sendAt(1004, handle, 'CALL', 1);
    executive.sendAt(1004, handle, 'CALL', 2);
    executive.cancel(ticket);
    executive.cancel(ticket);
    expect(executive.run(2000)).toBe(1);
    expect(record.lines).toEqual(['CALL 2']);
  });

  test('returns the state of an actor', () => {
    const { executive, handle } = set();
    expect(executive.stateOf(handle)).toBe('shut.locked');
    expect(executive.matches(handle, 'shut')).toBe(true);
    executive.send(handle, 'OPEN');
    expect(executive.stateOf(handle)).toBe('open');
    expect(executive.matches(handle, 'shut.locked')).toBe(false);
    expect(() => executive.matches(handle, 'ajar')).toThrow('"door" has no such state');
  });

  test('passes the context unchanged', () => {
    const { executive, record, handle } = set();
    executive.send(handle, 'OPEN', 7);
    expect(record.lines).toEqual(['OPEN 7']);
  });

  test('keeps an event for an actor until it has finished the present one', () => {
    const { executive, record, handle } = set();
    record.call = (argument) => {
      if (argument > 0) executive.send(handle, 'CALL', argument - 1);
    };
    executive.send(handle, 'CALL', 2);
    expect(record.lines).toEqual(['CALL 2', 'CALL 1', 'CALL 0']);
  });

  test('frees the handle of an actor in its final state and drops what was due for it', () => {
    const { executive, record, handle } = set();
    executive.send(handle, 'OPEN');
    executive.sendAt(1100, handle, 'CALL', 9);
    executive.send(handle, 'CLOSE');
    expect(executive.isAlive(handle)).toBe(false);
    expect(executive.runningActors).toBe(0);
    expect(() => executive.send(handle, 'OPEN')).toThrow(`Cannot use handle ${handle}`);

    const successor: Door = { lines: [] };
    expect(executive.start(door, successor)).toBe(handle);
    expect(executive.run(2000)).toBe(0);
    expect(successor.lines).toEqual([]);
    expect(record.lines).toEqual(['OPEN 0', 'CLOSE 0']);
  });

  test('stops an actor after its present event, and drops its waiting events', () => {
    const { executive, record, handle } = set();
    record.call = () => {
      executive.send(handle, 'CALL', 5);
      executive.stop(handle);
      expect(executive.isAlive(handle)).toBe(true);
    };
    executive.send(handle, 'CALL', 1);
    expect(record.lines).toEqual(['CALL 1']);
    expect(executive.isAlive(handle)).toBe(false);
    executive.stop(handle);
  });

  test('stops the run with seed, time and entity when an action throws', async () => {
    const told: SimulationFault[] = [];
    const executive = new Executive({
      startMs: Date.UTC(2024, 2, 1),
      interpreter,
      seed: 42,
      onFault: (fault) => told.push(fault),
    });
    const handle = executive.start(door, { lines: [] });
    executive.send(handle, 'OPEN');
    executive.sendAt(executive.nowMs + 1500, handle, 'BREAK');
    const failing = () => executive.run(executive.nowMs + 5000);
    expect(failing).toThrow(
      'Simulation stopped at 2024-03-01T00:00:01.500Z (seed 42): door (handle 1, state "open") ' +
        'failed on "BREAK": the hinge is off',
    );
    expect(told).toHaveLength(1);
    expect(told[0].cause).toBeInstanceOf(TypeError);
    // The executive stays stopped, and XState reports nothing later: vitest fails on unhandled errors.
    expect(failing).toThrow(told[0]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('passes a fault on through the actors on whose behalf it happened', () => {
    const { executive, record, handle } = set();
    const other = executive.start(door, { lines: [] });
    executive.send(other, 'OPEN');
    record.call = () => {
      executive.send(handle, 'CALL', 2);
      executive.send(other, 'BREAK');
    };
    expect(() => executive.send(handle, 'CALL', 1)).toThrow(`door (handle ${other}, state "open")`);
    expect(record.lines).toEqual([]);
  });

  test('refuses misuse', () => {
    const { executive, record, handle } = set();
    expect(() => executive.send(handle, 'SLAM')).toThrow(
      'Cannot send "SLAM" to "door": its events are OPEN, CALL, CLOSE, BREAK',
    );
    expect(() => executive.sendAt(999, handle, 'OPEN')).toThrow('not before now, and now is 1000');
    expect(() => executive.sendAt(1000.5, handle, 'OPEN')).toThrow('whole epoch ms');
    expect(() => executive.run(999)).toThrow('not before now');
    expect(() => executive.stateOf(77)).toThrow('Cannot use handle 77');
    expect(() => executive.start(door.provide({}), record)).toThrow(
      'two machines with the id "door"',
    );
    record.call = () => executive.run(2000);
    executive.sendAt(1001, handle, 'CALL');
    expect(() => executive.run(1002)).toThrow('Cannot run the executive from within an actor');
    expect(() => new Executive({ startMs: 0.5, interpreter })).toThrow('whole epoch ms');
  });

  test('refuses delays that are not times', () => {
    const machine = setup({ delays: { odd: () => 1.5 } }).createMachine({
      id: 'odd',
      initial: 'a',
      states: { a: { after: { odd: 'b' } }, b: {} },
    });
    const executive = new Executive({ startMs: 0, interpreter });
    expect(() => executive.start(machine, {})).toThrow('Cannot wait 1.5 ms');
  });
});

test('actors that go in circles without time passing do not hang the run', () => {
  const machine = setup({}).createMachine({
    id: 'spin',
    initial: 'a',
    states: { a: { after: { 0: 'b' } }, b: { after: { 0: 'a' } } },
  });
  const executive = new Executive({ startMs: 0 });
  executive.start(machine, {});
  expect(() => executive.run(1)).toThrow('more than 1000000 entries at one instant');
});
