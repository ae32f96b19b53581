import { expect, it } from 'vitest';
import { setup } from 'xstate';
import { CAST } from '../../actors/cast.ts';
import { delaysOf, statechartDiagram } from '../../docs/statechart-diagram.ts';

const door = setup({
  types: {} as { events: { type: 'KNOCK' } | { type: 'PUSH' } | { type: 'WIND' } },
  actions: { creak: () => {}, bang: () => {}, greet: () => {}, lock: () => {}, count: () => {} },
  guards: { expected: () => true, bolted: () => false },
  delays: { closing: () => 1 },
}).createMachine({
  id: 'door',
  initial: 'shut',
  on: { WIND: { actions: 'count' } },
  states: {
    shut: {
      entry: ['bang', 'count'],
      on: { KNOCK: [{ guard: 'expected', target: 'open', actions: 'greet' }, { target: 'shut' }] },
      always: { guard: 'bolted', target: 'gone' },
    },
    open: {
      type: 'parallel',
      exit: 'creak',
      after: { closing: 'shut' },
      states: {
        leaf: { initial: 'still', states: { still: { on: { PUSH: {} } } } },
        hinge: { initial: 'still', states: { still: {} } },
      },
    },
    gone: { type: 'final', entry: 'lock' },
  },
});

it('draws states, regions, transitions and remarks', () => {
  expect(statechartDiagram(door)).toBe(
    `stateDiagram-v2
  state "door" as door {
    [*] --> shut
    state "shut" as shut
    shut : entry / bang, count
    state "open" as open {
      state "leaf" as open_leaf {
        [*] --> open_leaf_still
        state "still" as open_leaf_still
        open_leaf_still : PUSH, look again
      }
      --
      state "hinge" as open_hinge {
        [*] --> open_hinge_still
        state "still" as open_hinge_still
      }
    }
    state "gone" as gone
    gone : entry / lock
    gone --> [*]
  }
  shut --> gone : [bolted]
  shut --> open : KNOCK [expected] / greet
  shut --> shut : KNOCK [else]
  open --> shut : after closing
  note right of door
    WIND / count
  end note
  note right of open
    exit / creak
  end note`,
  );
});

it('finds where a delay runs', () => {
  expect(delaysOf(door)).toEqual(new Map([['closing', ['open']]]));
  expect(delaysOf(CAST.truck).get('dutyRest')).toEqual(['restingOut', 'restingBack']);
});
