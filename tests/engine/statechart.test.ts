import { describe, expect, test } from 'vitest';
import { raise, setup } from 'xstate';
import type { Interpreter } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import { statechartOf } from '../../src/engine/statechart.ts';

interface Notes {
  lines: string[];
  open: boolean;
}

/** Runs a machine under both interpreters, which must note the same lines, and returns these. */
function linesOf(
  machine: Parameters<Executive['start']>[0],
  drive: (executive: Executive, handle: number, notes: Notes) => void,
): string[] {
  const [derived, stock] = (['derived', 'stock'] satisfies Interpreter[]).map((interpreter) => {
    const notes: Notes = { lines: [], open: false };
    const executive = new Executive({ startMs: 0, interpreter });
    drive(executive, executive.start(machine, notes), notes);
    return notes.lines;
  });
  expect(derived).toEqual(stock);
  return derived;
}

const noting = setup({
  types: {} as { context: Notes; input: Notes; events: { type: 'NEXT' | 'LEFT' | 'RIGHT' } },
  actions: {
    note: ({ context, event }, { what }: { what: string }) => {
      context.lines.push(`${what} on ${event.type}`);
    },
  },
  guards: {
    open: ({ context, event }, { what }: { what: string }) => {
      context.lines.push(`${what}? on ${event.type}`);
      return context.open;
    },
  },
  delays: {
    soon: ({ context, event }) => {
      context.lines.push(`soon on ${event.type}`);
      return 5;
    },
  },
});

const note = (what: string) => ({ type: 'note' as const, params: { what } });
const open = (what: string) => ({ type: 'open' as const, params: { what } });

describe('derived statecharts', () => {
  test('draw delays before the actions of the start, but among those of a transition', () => {
    const machine = noting.createMachine({
      id: 'order',
      context: ({ input }) => input,
      initial: 'a',
      states: {
        a: { entry: note('enter a'), after: { soon: 'b' }, on: { NEXT: 'b' } },
        b: {
          entry: note('enter b'),
          after: { soon: 'a' },
          always: { guard: open('b'), target: 'a' },
        },
      },
    });
    expect(linesOf(machine, (executive, handle) => executive.send(handle, 'NEXT'))).toEqual([
      'soon on xstate.init',
      'enter a on xstate.init',
      'enter b on NEXT',
      'soon on NEXT',
      'b? on NEXT',
    ]);
  });

  test('test eventless guards of regions in the order in which their states were entered', () => {
    const region = (event: 'LEFT' | 'RIGHT') => ({
      initial: 'idle' as const,
      states: {
        idle: { on: { [event]: 'waiting' } },
        waiting: { always: { guard: open(event), target: 'idle' } },
      },
    });
    const machine = noting.createMachine({
      id: 'regions',
      context: ({ input }) => input,
      type: 'parallel',
      states: { left: region('LEFT'), right: region('RIGHT') },
      on: { NEXT: {} },
    });
    const testedOnNext = (first: 'LEFT' | 'RIGHT', second: 'LEFT' | 'RIGHT') =>
      linesOf(machine, (executive, handle) => {
        executive.send(handle, first);
        executive.send(handle, second);
        executive.send(handle, 'NEXT');
      }).slice(-2);
    expect(testedOnNext('LEFT', 'RIGHT')).toEqual(['LEFT? on NEXT', 'RIGHT? on NEXT']);
    expect(testedOnNext('RIGHT', 'LEFT')).toEqual(['RIGHT? on NEXT', 'LEFT? on NEXT']);
  });

  test('show the done event and raised events to the actions that they cause', () => {
    const machine = noting.createMachine({
      id: 'events',
      context: ({ input }) => input,
      initial: 'work',
      states: {
        work: {
          initial: 'first',
          states: { first: { on: { NEXT: 'last' } }, last: { type: 'final' } },
          onDone: { target: 'rest', actions: note('done') },
        },
        rest: { entry: raise({ type: 'LEFT' }), on: { LEFT: { actions: note('raised') } } },
      },
    });
    expect(linesOf(machine, (executive, handle) => executive.send(handle, 'NEXT'))).toEqual([
      'done on xstate.done.state.events.work',
      'raised on LEFT',
    ]);
  });

  test('restart the timer of a state that is entered again, and only then', () => {
    const machine = noting.createMachine({
      id: 'timer',
      context: ({ input }) => input,
      initial: 'on',
      states: {
        on: {
          after: { soon: { target: 'on', reenter: true, actions: note('tick') } },
          on: { LEFT: { target: 'on' }, RIGHT: { target: 'on', reenter: true } },
        },
      },
    });
    const ticks = (event: 'LEFT' | 'RIGHT') =>
      linesOf(machine, (executive, handle, notes) => {
        executive.sendAt(3, handle, event);
        for (let ms = 1; ms <= 10; ms++) {
          executive.run(ms);
          notes.lines.push(`at ${ms}`);
        }
      }).filter((line) => line.startsWith('tick') || line.startsWith('at'));
    // The tick due at 5 falls into the run until 6.
    expect(ticks('LEFT').indexOf('tick on xstate.after.soon.timer.on')).toBe(5);
    expect(ticks('RIGHT').indexOf('tick on xstate.after.soon.timer.on')).toBe(8);
  });

  test('are derived once per machine, with the same digest each time', () => {
    const make = () =>
      noting.createMachine({
        id: 'same',
        context: ({ input }) => input,
        initial: 'a',
        states: { a: { on: { NEXT: 'b' } }, b: {} },
      });
    const machine = make();
    expect(statechartOf(machine)).toBe(statechartOf(machine));
    expect(statechartOf(make()).digest).toBe(statechartOf(machine).digest);
    expect(statechartOf(machine).configurations.map(({ label }) => label)).toEqual(['a', 'b']);
  });
});
