/** A statechart drawn by Mermaid, from the machine itself. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { nodesOf } from '../src/engine/statechart-rules.ts';

/** What the diagram needs of a transition, whichever way the machine declares it. */
interface Transition {
  readonly target?: readonly AnyStateNode[];
  readonly guard?: unknown;
  readonly actions: readonly unknown[];
}

/**
 * The text of a `stateDiagram-v2`: states with what they do on entry and without leaving, transitions
 * as `event [guard] / actions`. A delayed transition shows `after` and its delay, one that waits for
 * its guard alone shows no event, and `[else]` stands for the last of several alternatives.
 */
export function statechartDiagram(machine: AnyStateMachine): string {
  const { root } = machine;
  const framed = root.type === 'parallel' || remarksOf(root).length > 0;
  const nodes = nodesOf(root);
  // Mermaid moves a state into the block that mentions it: arrows and notes stand outside of all.
  const lines = [
    ...(framed ? stateLines(root) : insideLines(root)),
    ...nodes.flatMap(arrows),
    ...nodes.flatMap(noteLines),
  ];
  return ['stateDiagram-v2', ...indented(lines)].join('\n');
}

/** Delays of a machine, each with the states in which it runs. */
export function delaysOf(machine: AnyStateMachine): Map<string, string[]> {
  const delays = new Map<string, string[]>();
  for (const node of nodesOf(machine.root)) {
    for (const delay of new Set(node.after.map((transition) => String(transition.delay)))) {
      delays.set(delay, [...(delays.get(delay) ?? []), pathOf(node)]);
    }
  }
  return delays;
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states);
}

function stateLines(node: AnyStateNode): string[] {
  const declaration = `state "${node.key}" as ${idOf(node)}`;
  if (childrenOf(node).length === 0) {
    return [declaration, ...remarksOf(node).map((remark) => `${idOf(node)} : ${remark}`)];
  }
  return [`${declaration} {`, ...indented(insideLines(node)), '}'];
}

/** The remarks of a state that holds others; it can't show them itself. */
function noteLines(node: AnyStateNode): string[] {
  const remarks = remarksOf(node);
  if (childrenOf(node).length === 0 || remarks.length === 0) return [];
  return [`note right of ${idOf(node)}`, ...indented(remarks), 'end note'];
}

function insideLines(node: AnyStateNode): string[] {
  const children = childrenOf(node);
  if (node.type === 'parallel') {
    return children.flatMap((child, index) => [...(index > 0 ? ['--'] : []), ...stateLines(child)]);
  }
  return [
    ...node.initial.target.map((initial: AnyStateNode) => `[*] --> ${idOf(initial)}`),
    ...children.flatMap(stateLines),
    ...children.filter(({ type }) => type === 'final').map((child) => `${idOf(child)} --> [*]`),
  ];
}

/** What a state does on entry and exit, and on what it reacts without leaving. */
function remarksOf(node: AnyStateNode): string[] {
  const remarks: string[] = [];
  for (const moment of ['entry', 'exit'] as const) {
    const actions = listOf(node.config[moment]);
    if (actions.length > 0) remarks.push(`${moment}${actionsText(actions)}`);
  }
  for (const [trigger, transitions] of triggersOf(node)) {
    for (const { target, guard, actions } of transitions) {
      if (target !== undefined) continue;
      const does = actions.length > 0 ? actionsText(actions) : ', look again';
      remarks.push(`${trigger}${guardText(guard)}${does}`);
    }
  }
  return remarks;
}

function arrows(node: AnyStateNode): string[] {
  return triggersOf(node).flatMap(([trigger, transitions]) =>
    transitions.flatMap(({ target, guard, actions }, index) => {
      const condition = guard === undefined && index > 0 ? ' [else]' : guardText(guard);
      const text = `${trigger}${condition}${actionsText(actions)}`.trim();
      return (target ?? []).map(
        (to) => `${idOf(node)} --> ${idOf(to)}${text === '' ? '' : ` : ${text}`}`,
      );
    }),
  );
}

/** Transitions by what sets them off: nothing but their guards, an event, a delay. */
function triggersOf(node: AnyStateNode): [string, readonly Transition[]][] {
  const triggers: [string, readonly Transition[]][] = [];
  if (node.always !== undefined) triggers.push(['', node.always]);
  for (const [type, transitions] of node.transitions) {
    const delay = node.after.find(({ eventType }) => eventType === type)?.delay;
    triggers.push([delay === undefined ? type : `after ${delay}`, transitions]);
  }
  return triggers;
}

function guardText(guard: unknown): string {
  return guard === undefined ? '' : ` [${nameOf(guard)}]`;
}

function actionsText(actions: readonly unknown[]): string {
  return actions.length === 0 ? '' : ` / ${actions.map(nameOf).join(', ')}`;
}

function nameOf(reference: unknown): string {
  return typeof reference === 'string' ? reference : (reference as { type: string }).type;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Unique in the diagram; keys alone are not. */
function idOf(node: AnyStateNode): string {
  return node.path.length === 0 ? node.key : node.path.join('_');
}

function pathOf(node: AnyStateNode): string {
  return node.path.length === 0 ? node.key : node.path.join('.');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
