import { expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { and, assign, createMachine, emit, fromPromise, log, not, raise, sendTo } from 'xstate';
import { StatechartError } from '../../src/engine/statechart-rules.ts';
import { statechartOf } from '../../src/engine/statechart.ts';

type Json = Record<string, unknown>;

const implementations = {
  actions: { known: () => {}, counting: assign({ n: 1 }) },
  guards: { known: () => true },
  delays: { known: () => 1, half: 0.5 },
};

/** A machine with the given state beside a plain one. */
function machineWith(state: Json): AnyStateMachine {
  const config = { id: 'm', initial: 'odd', states: { odd: state, plain: {} } };
  return createMachine(config as never, implementations as never) as AnyStateMachine;
}

test.each<[string, Json, string]>([
  ['an inline action', { entry: function shout() {} }, 'its action "shout" is inline'],
  ['an arrow', { entry: [() => {}] }, 'its action without a name is inline'],
  ['an inline guard', { on: { E: { guard: () => true } } }, 'its guard "guard" is inline'],
  ['an inline guard in and()', { on: { E: { guard: and(['known', () => true]) } } }, 'is inline'],
  ['an inline guard in not()', { always: { guard: not(() => true) } }, 'is inline'],
  ['an unknown action', { exit: 'unknown' }, 'the action "unknown" has no implementation'],
  ['an unknown guard', { on: { E: { guard: 'unknown' } } }, 'the guard "unknown" has no'],
  [
    'an unknown delay',
    { after: { unknown: 'plain' } },
    'the delay "unknown" has no implementation',
  ],
  ['an idle delay', { after: { known: [] } }, 'the delay "known" has no transition'],
  ['a negative delay', { after: { '-5': 'plain' } }, 'the delay "-5" is -5 ms'],
  ['a fraction of a ms', { after: { half: 'plain' } }, 'the delay "half" is 0.5 ms'],
  ['assign', { entry: assign({}) }, 'it uses the action assign'],
  ['assign by name', { on: { E: { actions: 'counting' } } }, 'it uses the action assign'],
  ['sendTo', { entry: sendTo('other', { type: 'E' }) }, 'it uses the action sendTo'],
  ['emit', { entry: emit({ type: 'E' }) }, 'it uses the action emit'],
  ['log', { entry: log('hello') }, 'it uses the action log'],
  [
    'a delayed raise',
    { entry: raise({ type: 'E' }, { delay: 1 }) },
    'raises an event with a delay',
  ],
  ['a computed raise', { entry: raise(() => ({ type: 'E' })) }, 'it raises a computed event'],
  ['computed params', { entry: { type: 'known', params: () => ({}) } }, 'its action "known" are'],
  ['invoke', { invoke: { src: fromPromise(async () => 1) } }, 'it invokes an actor'],
  ['history', { initial: 'h', states: { h: { type: 'history' }, x: {} } }, 'it is a history state'],
  ['output', { type: 'final', output: 1 }, 'it has an output'],
  ['a wildcard', { on: { '*': 'plain' } }, 'it handles the wildcard "*"'],
  ['a partial wildcard', { on: { 'door.*': 'plain' } }, 'it handles the wildcard "door.*"'],
  ['a dot in a name', { initial: 'a.b', states: { 'a.b': {} } }, 'its name has a dot'],
])('%s is refused by name', (_, state, reason) => {
  const derive = () => statechartOf(machineWith(state));
  expect(derive).toThrow(StatechartError);
  expect(derive).toThrow(reason);
  expect(derive).toThrow('Cannot derive tables of "m.odd');
});

test('always transitions that may go in circles are refused', () => {
  const machine = createMachine(
    {
      id: 'm',
      initial: 'a',
      states: {
        a: { always: { guard: 'known', target: 'b' } },
        b: { always: { guard: 'known', target: 'a' } },
      },
    },
    implementations as never,
  );
  expect(() => statechartOf(machine)).toThrow(
    'Cannot derive tables of "m": on "xstate.init", always transitions or raised events may go in circles',
  );
});

test('targets that exclude each other are refused', () => {
  const machine = createMachine({
    id: 'm',
    initial: 'a',
    states: {
      a: { on: { E: { target: ['b', 'c'] } } },
      b: {},
      c: {},
    },
  } as never) as AnyStateMachine;
  expect(() => statechartOf(machine)).toThrow('its targets make both b and c active');
});
