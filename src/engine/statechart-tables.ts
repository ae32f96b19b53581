/** The shape of a statechart's decision tables. */
import type { AnyStateMachine, EventObject, StateValue } from 'xstate';

/** The argument of a named guard, action or delay. */
export interface ActionArgs {
  context: unknown;
  event: EventObject;
}

export type Implementation = (args: ActionArgs, params: unknown) => unknown;

/** The event that guards, delays and actions see when an actor starts. */
export const initialEvent: EventObject & { input: undefined } = {
  type: 'xstate.init',
  input: undefined,
};

/** Tests a guard: continues at `next` if it holds, else at `otherwise`. */
export const GUARD = 0;
/** Performs an action. */
export const ACTION = 1;
/** Draws the delay of a timer, which starts when the macrostep ends. */
export const DELAY = 2;
/** Cancels a timer, whether it runs or waits for the end of the macrostep. */
export const CANCEL = 3;
/** Ends the macrostep. */
export const REST = 4;

/** A node of a decision tree. All kinds share one shape, which keeps the walk fast. */
export interface Step {
  kind: number;
  /** Name of the guard, action or delay. */
  run: Implementation | null;
  params: unknown;
  /** The event that the implementation sees; null is the delivered event. */
  event: EventObject | null;
  /** Index of the timer, for DELAY and CANCEL. */
  timer: number;
  next: Step | null;
  otherwise: Step | null;
  rest: Rest | null;
}

/** How a macrostep ends. */
export interface Rest {
  /** Index of the configuration reached. */
  configuration: number;
  /** Whether the statechart has reached its top-level final state. */
  done: boolean;
  /** Timers to start, in order. */
  starts: readonly number[];
  /** Actions deferred to the end: those of the start, which XState performs after all guards and delays. */
  actions: readonly Step[];
}

/** A set of active states. */
export interface Configuration {
  /** Identifies the configuration; parallel regions entered in another order are another configuration. */
  key: string;
  /** Readable: the innermost active states, e.g. `open.trading`, regions joined by ` & `. */
  label: string;
  value: StateValue;
  /** Paths of all active states. */
  paths: ReadonlySet<string>;
}

/** A delayed transition's timer. */
export interface Timer {
  event: EventObject;
  /** Delay in ms if it is a fixed number, else -1. */
  fixedMs: number;
  /** What the timer does, by configuration; as in `tables`. */
  trees: readonly Step[];
}

export interface Statechart {
  id: string;
  /** Equal for statecharts with the same configurations and timers, whose saved actors are interchangeable. */
  digest: string;
  machine: AnyStateMachine;
  configurations: readonly Configuration[];
  timers: readonly Timer[];
  /** The types of event that may be sent to it. */
  eventTypes: ReadonlySet<string>;
  /** Paths of all states. */
  paths: ReadonlySet<string>;
  initial: Step;
  /** By type of event (timers included), then by configuration. */
  tables: ReadonlyMap<string, readonly Step[]>;
}
