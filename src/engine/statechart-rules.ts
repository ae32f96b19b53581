/** What a statechart may use, so that decision tables describe it completely. Everything else is refused by name. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** The machine cannot be turned into decision tables. */
export class StatechartError extends Error {
  override readonly name = 'StatechartError';
}

interface Builtin {
  type?: string;
  event?: unknown;
  delay?: unknown;
  check?: unknown;
  guards?: readonly unknown[];
  resolve?: unknown;
}

interface TransitionLike {
  guard?: unknown;
  actions?: readonly unknown[];
}

/** @throws StatechartError naming the machine, the state, the feature, and what to use instead */
export function refuseUnsupported(machine: AnyStateMachine): void {
  for (const node of nodesOf(machine.root)) refuseInNode(machine, node);
}

/** Returns a state and all states within it, in document order. */
export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(nodesOf)];
}

function refuseInNode(machine: AnyStateMachine, node: AnyStateNode): void {
  const { config } = node;
  const refuse = (feature: string, instead: string): never => {
    throw new StatechartError(`Cannot derive tables of "${node.id}": ${feature}; ${instead}`);
  };
  if (node.type === 'history') refuse('it is a history state', 'remember the state in the record');
  if (node.key.includes('.')) refuse('its name has a dot', 'name states without dots');
  if (node.invoke.length > 0) refuse('it invokes an actor', 'start actors through a port');
  if (config.output !== undefined) refuse('it has an output', 'report through a port');
  if ('route' in config && config.route !== undefined) refuse('it has a route', 'use an event');

  const checkActions = (actions: unknown): void => {
    for (const action of listOf(actions)) refuseAction(machine, action, refuse, 0);
  };
  const checkTransition = ({ guard, actions }: TransitionLike): void => {
    if (guard !== undefined) refuseGuard(machine, guard, refuse, 0);
    checkActions(actions);
  };
  checkActions(config.entry);
  checkActions(config.exit);
  if (node.type === 'compound') checkActions(node.initial.actions);
  for (const [type, transitions] of node.transitions) {
    if (type === '*' || type.endsWith('.*')) {
      refuse(`it handles the wildcard "${type}"`, 'name each event');
    }
    transitions.forEach(checkTransition);
  }
  node.always?.forEach(checkTransition);
  for (const [delay, transitions] of Object.entries(config.after ?? {})) {
    const fixed = Number(delay);
    const known = Number.isNaN(fixed) ? machine.implementations.delays[delay] : fixed;
    if (known === undefined) {
      refuse(`the delay "${delay}" has no implementation`, 'implement it in setup');
    }
    if (typeof known === 'number' && !(known >= 0 && Number.isInteger(known))) {
      refuse(`the delay "${delay}" is ${known} ms`, 'give a whole number of ms, 0 or more');
    }
    if (listOf(transitions).length === 0) {
      refuse(`the delay "${delay}" has no transition`, 'give it one or drop it');
    }
  }
}

type Refuse = (feature: string, instead: string) => never;

/** A name may refer to another name; a deeper chain than this is a circle. */
const MAX_DEPTH = 16;

function refuseGuard(
  machine: AnyStateMachine,
  guard: unknown,
  refuse: Refuse,
  depth: number,
): void {
  if (depth > MAX_DEPTH) refuse('its guards name each other in circles', 'break the circle');
  if (typeof guard === 'function') {
    const { check, guards } = guard as Builtin;
    if (check === undefined) {
      if (depth > 0) return;
      refuse(`its guard ${quoted(guard)} is inline`, 'name it in setup');
    }
    for (const inner of guards ?? []) {
      // An inline function inside and(), or(), not() has no name either.
      refuseGuard(machine, inner, refuse, 0);
    }
    return;
  }
  const name = nameOf(guard, 'guard', refuse);
  const implementation = machine.implementations.guards[name];
  if (implementation === undefined) {
    refuse(`the guard "${name}" has no implementation`, 'implement it in setup');
  }
  refuseGuard(machine, implementation, refuse, depth + 1);
}

function refuseAction(
  machine: AnyStateMachine,
  action: unknown,
  refuse: Refuse,
  depth: number,
): void {
  if (typeof action === 'function') {
    const builtin = action as Builtin;
    if (builtin.resolve === undefined) {
      if (depth === 0) refuse(`its action ${quoted(action)} is inline`, 'name it in setup');
      return;
    }
    const type = String(builtin.type).replace('xstate.', '');
    if (type !== 'raise') refuse(`it uses the action ${type}`, 'act through a port');
    if (builtin.delay !== undefined) refuse('it raises an event with a delay', 'use after');
    if (typeof builtin.event === 'function') {
      refuse('it raises a computed event', 'raise a constant one');
    }
    return;
  }
  const name = nameOf(action, 'action', refuse);
  const implementation = machine.implementations.actions[name];
  if (implementation === undefined) {
    refuse(`the action "${name}" has no implementation`, 'implement it in setup');
  }
  refuseAction(machine, implementation, refuse, depth + 1);
}

function nameOf(reference: unknown, what: string, refuse: Refuse): string {
  if (typeof reference === 'string') return reference;
  const { type, params } = reference as { type: string; params?: unknown };
  if (typeof params === 'function') {
    refuse(`the params of its ${what} "${type}" are computed`, 'read them from the record');
  }
  return type;
}

function quoted(implementation: { name: string }): string {
  return implementation.name === '' ? 'without a name' : `"${implementation.name}"`;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
