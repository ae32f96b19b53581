/**
 * Random statecharts of everything the engine supports, and a world that runs them and writes down each
 * guard, action and delay with time, event and outcome.
 */
import type { AnyStateMachine } from 'xstate';
import { and, createMachine, not, or, raise, stateIn } from 'xstate';
import type { Executive } from '../../src/engine/executive.ts';
import type { Substream } from '../../src/engine/substream.ts';

export const eventTypes = ['E0', 'E1', 'E2', 'E3'];
const guardNames = ['g0', 'g1', 'g2'];
const actionNames = ['a0', 'a1', 'a2', 'a3', 'a4'];
const delayNames = ['d0', 'd1', 'd2', 'fixed'];

/** What the actors of a world act through, their context at the same time. */
export interface Entity {
  name: string;
  world: RandomWorld;
  stream: Substream;
  /** Paths of all states of its machine. */
  paths: readonly string[];
}

export interface RandomWorld {
  executive: Executive;
  trace: string[];
  /** By handle. */
  entities: (Entity | undefined)[];
  tickets: number[];
  /** Starts another actor unless there are enough. */
  start(stream: Substream): void;
  /** How many more events the actors themselves may send. */
  sendsLeft: number;
  /** Probability that an action throws. */
  faultRate: number;
}

interface Args {
  context: unknown;
  event: { type: string; argument?: number };
}

type Json = Record<string, unknown>;

function note({ context, event }: Args, params: unknown, what: string, outcome: unknown): void {
  const { world, name } = context as Entity;
  world.trace.push(
    `${world.executive.nowMs} ${name} ${what} ${JSON.stringify(params ?? null)} on ${event.type} ` +
      `${event.argument ?? ''} = ${outcome}`,
  );
}

/** Handles that the actors of a world may have. */
export const handles = [1, 2, 3, 4];

function pick(executive: Executive, stream: Substream): number {
  const alive = handles.filter((handle) => executive.isAlive(handle));
  return alive[stream.below(alive.length)];
}

/** Before an actor has begun, stock XState delivers the first of the events that wait, then stops. */
function stop({ executive, entities }: RandomWorld, handle: number): void {
  if (entities[handle] !== undefined) executive.stop(handle);
}

function act({ context }: Args): void {
  const { world, stream } = context as Entity;
  if (stream.chance(world.faultRate)) throw new Error('torn apron');
  if (world.sendsLeft === 0 || !stream.chance(0.15)) return;
  world.sendsLeft--;
  const to = pick(world.executive, stream);
  const type = eventTypes[stream.below(eventTypes.length)];
  const { executive, tickets } = world;
  const argument = stream.below(100);
  const roll = stream.below(20);
  if (roll < 8) executive.send(to, type, argument);
  else if (roll === 8) stop(world, to);
  else if (roll === 9) world.start(stream);
  else if (roll < 13) executive.cancel(tickets[stream.below(tickets.length)] ?? 0);
  else tickets.push(executive.sendAt(executive.nowMs + stream.below(20), to, type, argument));
}

const implementations = {
  actions: {
    ...Object.fromEntries(
      actionNames.map((name) => [
        name,
        (args: Args, params: unknown) => {
          note(args, params, name, '');
          act(args);
        },
      ]),
    ),
    raiseE0: raise({ type: 'E0' }),
    raiseE3: raise({ type: 'E3' }),
  },
  guards: Object.fromEntries(
    guardNames.map((name) => [
      name,
      (args: Args, params: unknown) => {
        const holds = (args.context as Entity).stream.chance(0.5);
        note(args, params, name, holds);
        return holds;
      },
    ]),
  ),
  delays: {
    ...Object.fromEntries(
      ['d0', 'd1', 'd2'].map((name) => [
        name,
        (args: Args) => {
          const delayMs = (args.context as Entity).stream.below(12);
          note(args, null, name, delayMs);
          return delayMs;
        },
      ]),
    ),
    fixed: 7,
  },
};

/** A random machine; it may be one that the engine refuses because its `always` go in circles. */
export function randomMachine(id: string, stream: Substream): AnyStateMachine {
  const pick = <T>(from: readonly T[]): T => from[stream.below(from.length)];
  const paths: string[] = [];
  const shape = randomShape(stream, [id], paths, 3);
  const parallels = parallelPaths(shape, id);
  const target = (): unknown => {
    const [one, other] = [pick(paths), pick(paths)];
    return inTwoRegions(one, other, parallels) ? [`#${one}`, `#${other}`] : `#${one}`;
  };
  const some = <T>(probability: number, make: () => T): T | undefined =>
    stream.chance(probability) ? make() : undefined;
  const action = (): unknown => {
    if (stream.chance(0.03)) return pick(['raiseE0', 'raiseE3', raise({ type: 'E2' })]);
    return stream.chance(0.15)
      ? { type: pick(actionNames), params: { n: stream.below(9) } }
      : pick(actionNames);
  };
  const actions = (): unknown => (stream.chance(0.5) ? action() : [action(), action()]);
  const guard = (): unknown => {
    const plain = stream.chance(0.15)
      ? { type: pick(guardNames), params: { n: 1 } }
      : pick(guardNames);
    if (stream.chance(0.75)) return plain;
    return pick<() => unknown>([
      () => not(plain as string),
      () => and([plain as string, pick(guardNames)]),
      () => or([plain as string, not(pick(guardNames))]),
      () => stateIn(`#${pick(paths)}`),
    ])();
  };
  const transition = (): Json => ({
    target: some(0.85, target),
    guard: some(0.45, guard),
    actions: some(0.5, actions),
    reenter: some(0.25, () => true),
  });
  const transitions = (): unknown =>
    stream.chance(0.6) ? transition() : [transition(), transition()];

  const dress = (bare: Json, path: string): Json => {
    const states = bare.states as Record<string, Json> | undefined;
    const config: Json = { ...bare, entry: some(0.4, actions), exit: some(0.3, actions) };
    if (states !== undefined) {
      config.states = Object.fromEntries(
        Object.entries(states).map(([key, state]) => [key, dress(state, `${path}.${key}`)]),
      );
      config.onDone = some(0.5, transitions);
      if (bare.type !== 'parallel' && stream.chance(0.2)) {
        config.initial = { target: bare.initial, actions: actions() };
      }
    }
    if (bare.type === 'final') return config;
    config.on = Object.fromEntries(
      eventTypes.filter(() => stream.chance(0.35)).map((type) => [type, transitions()]),
    );
    config.after = some(0.4, () => {
      const delay = stream.chance(0.8) ? pick(delayNames) : String(1 + stream.below(9));
      return { [delay]: transitions(), ...(stream.chance(0.2) ? { 5: transitions() } : {}) };
    });
    // Mostly onward: what goes back soon goes in circles, which the engine refuses.
    const later = paths.slice(paths.indexOf(path) + 1).filter((other) => !other.startsWith(path));
    if (later.length > 0 && stream.chance(0.1)) {
      const onward = stream.chance(0.9) ? `#${pick(later)}` : target();
      config.always = { ...transition(), target: onward, guard: guard() };
    }
    return config;
  };
  const known = Object.fromEntries(eventTypes.map((type) => [type, {}]));
  const config = dress(shape, id);
  config.on = { ...known, ...(config.on as Json) };
  return createMachine(
    { ...config, id, context: ({ input }: { input: unknown }) => input } as never,
    implementations as never,
  ) as AnyStateMachine;
}

/** States without behaviour; the paths of all of them, each with the machine's id in front, go to `paths`. */
function randomShape(stream: Substream, path: string[], paths: string[], depth: number): Json {
  const isRoot = path.length === 1;
  if (!isRoot) paths.push(path.join('.'));
  const roll = stream.unit();
  if (depth === 0 || (!isRoot && roll < 0.45)) {
    return stream.chance(0.2) && !isRoot ? { type: 'final' } : {};
  }
  const count = 2 + stream.below(2);
  const keys = Array.from({ length: count }, (_, index) => `${'stu'[index]}${path.length}`);
  const states = Object.fromEntries(
    keys.map((key) => [key, randomShape(stream, [...path, key], paths, depth - 1)]),
  );
  return stream.chance(0.3)
    ? { type: 'parallel', states }
    : { initial: keys[stream.below(keys.length)], states };
}

function parallelPaths({ type, states }: Json, path: string): Set<string> {
  const inner = Object.entries((states ?? {}) as Record<string, Json>);
  return new Set([
    ...(type === 'parallel' ? [path] : []),
    ...inner.flatMap(([key, state]) => [...parallelPaths(state, `${path}.${key}`)]),
  ]);
}

function inTwoRegions(one: string, other: string, parallels: ReadonlySet<string>): boolean {
  const [parts, others] = [one.split('.'), other.split('.')];
  const fork = parts.findIndex((part, index) => part !== others[index]);
  return fork > 0 && fork < others.length && parallels.has(parts.slice(0, fork).join('.'));
}
