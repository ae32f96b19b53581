/** Derives the decision tables of a machine by letting XState take every path through it. */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, EventObject } from 'xstate';
import { initialEvent } from './statechart-tables.ts';
import type { Configuration, Statechart, Step, Timer } from './statechart-tables.ts';
import { purposeKey } from './substream.ts';
import { nodesOf, refuseUnsupported, StatechartError } from './statechart-rules.ts';
import { Tape } from './statechart-tape.ts';
import { DecisionTree } from './statechart-tree.ts';

/** Limits far above any statechart that a person can read; only a runaway exploration reaches them. */
const MAX_CONFIGURATIONS = 2000;
const MAX_WAYS = 1000;

export function explore(machine: AnyStateMachine): Statechart {
  refuseUnsupported(machine);
  return new Explorer(machine).explore();
}

class Explorer {
  private readonly machine: AnyStateMachine;
  private readonly nodes: AnyStateNode[];
  private readonly tape: Tape;
  private readonly snapshots: AnyMachineSnapshot[] = [];
  private readonly configurations: Configuration[] = [];
  private readonly indices = new Map<string, number>();
  private readonly timers: (Omit<Timer, 'trees'> & { node: AnyStateNode })[];
  private readonly timerIndices: Map<string, number>;
  private readonly tables = new Map<string, Step[]>();

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    this.nodes = nodesOf(machine.root);
    this.tape = new Tape(machine);
    this.timers = this.nodes.flatMap((node) => timersOf(machine, node));
    this.timerIndices = new Map(this.timers.map(({ event }, index) => [event.type, index]));
  }

  explore(): Statechart {
    const { machine, timers, tables, snapshots } = this;
    const eventTypes = new Set(this.nodes.flatMap(({ transitions }) => [...transitions.keys()]));
    for (const type of eventTypes) if (type.startsWith('xstate.')) eventTypes.delete(type);
    for (const type of eventTypes) tables.set(type, []);
    for (const { event } of timers) tables.set(event.type, []);

    const initial = this.treeOf(initialEvent, true, (visit) => this.tape.everyStart(visit));
    for (let index = 0; index < snapshots.length; index++) {
      if (snapshots[index].status === 'done') continue;
      for (const type of eventTypes) this.addReaction(index, { type });
      for (const { event, node } of timers) {
        if (this.configurations[index].paths.has(pathOf(node))) this.addReaction(index, event);
      }
    }
    const shape = [...this.indices.keys(), ...this.timerIndices.keys()].join('\n');
    return {
      id: machine.id,
      digest: (purposeKey('statechart', shape) >>> 0).toString(16).padStart(8, '0'),
      machine,
      configurations: this.configurations,
      timers: timers.map(({ event, fixedMs }) => {
        return { event, fixedMs, trees: tables.get(event.type) as Step[] };
      }),
      eventTypes,
      paths: new Set(this.nodes.map(pathOf)),
      initial,
      tables,
    };
  }

  private addReaction(index: number, event: EventObject): void {
    const table = this.tables.get(event.type) as Step[];
    table[index] = this.treeOf(event, false, (visit) =>
      this.tape.everyReaction(this.snapshots[index], event, visit),
    );
  }

  private treeOf(
    event: EventObject,
    atStart: boolean,
    everyWay: (visit: (reached: AnyMachineSnapshot) => void) => void,
  ): Step {
    const tree = new DecisionTree(event, atStart, this.timerIndices);
    let ways = 0;
    try {
      everyWay((reached) => {
        if (++ways > MAX_WAYS) throw new Error(`guards combine in more than ${MAX_WAYS} ways`);
        const done = reached.status === 'done';
        tree.add(this.tape.marks, this.indexOf(reached), done);
      });
    } catch (error) {
      const { message } = error as Error;
      const reason = message.startsWith('Infinite loop')
        ? 'always transitions or raised events may go in circles'
        : message;
      throw new StatechartError(
        `Cannot derive tables of "${this.machine.id}": on "${event.type}", ${reason}`,
        { cause: error },
      );
    }
    return tree.root;
  }

  private indexOf(reached: AnyMachineSnapshot): number {
    reached._nodes.forEach(refuseTorn);
    const leaves = reached._nodes.filter(isLeaf);
    // XState visits regions in the order in which their states were entered: `value` keeps that of the
    // regions, `_nodes` that of the innermost states, where it matters for nothing but `always`.
    const order = leaves.filter(hasAlways).map(({ id }) => id);
    const key = [reached.status, JSON.stringify(reached.value), ...order].join(' ');
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.snapshots.length;
      if (index === MAX_CONFIGURATIONS) {
        throw new Error(`it reaches more than ${MAX_CONFIGURATIONS} configurations`);
      }
      this.indices.set(key, index);
      this.snapshots.push(reached);
      this.configurations.push({
        key,
        label: labelOf(leaves),
        value: reached.value,
        paths: new Set(reached._nodes.map(pathOf)),
      });
    }
    return index;
  }
}

function timersOf(
  machine: AnyStateMachine,
  node: AnyStateNode,
): (Omit<Timer, 'trees'> & { node: AnyStateNode })[] {
  const byType = new Map(node.after.map(({ eventType, delay }) => [eventType, delay]));
  return [...byType].map(([type, delay]) => {
    const fixed = typeof delay === 'string' ? machine.implementations.delays[delay] : delay;
    return { event: { type }, fixedMs: typeof fixed === 'number' ? fixed : -1, node };
  });
}

/** The innermost active states in document order: readable, and the same however they were entered. */
export function labelOf(leaves: readonly AnyStateNode[]): string {
  return [...leaves]
    .sort((a, b) => a.order - b.order)
    .map(pathOf)
    .join(' & ');
}

export function isLeaf(node: AnyStateNode): boolean {
  return node.type === 'atomic' || node.type === 'final';
}

/** Targets that exclude each other leave XState with two states where there can only be one. */
function refuseTorn(node: AnyStateNode, _index: number, active: readonly AnyStateNode[]): void {
  if (node.type !== 'compound') return;
  const [first, second] = active.filter(({ parent }) => parent === node).map(pathOf);
  if (second !== undefined) throw new Error(`its targets make both ${first} and ${second} active`);
}

function hasAlways(node: AnyStateNode): boolean {
  return node.always !== undefined || (node.parent !== undefined && hasAlways(node.parent));
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.');
}
