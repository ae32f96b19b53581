/**
 * A statechart as decision tables: for every configuration and event, the guards to test, the actions to perform,
 * the timers to start, and the configuration reached.
 *
 * The machine is the only source of truth: stock XState explores it once (see statechart-explorer.ts),
 * so entry and exit order, re-entry, `always`, `onDone`, raised events and parallel regions are XState's.
 */
import type { AnyStateMachine } from 'xstate';
import { explore } from './statechart-explorer.ts';
import type { Statechart } from './statechart-tables.ts';

const known = new WeakMap<AnyStateMachine, Statechart>();

/**
 * Returns the decision tables of a machine made with `setup().createMachine()`; they are derived once per machine.
 * @throws StatechartError if the machine uses something that tables cannot express
 */
export function statechartOf(machine: AnyStateMachine): Statechart {
  let statechart = known.get(machine);
  if (statechart === undefined) {
    statechart = explore(machine);
    known.set(machine, statechart);
  }
  return statechart;
}
