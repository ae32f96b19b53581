/** An actor as the executive sees it, with either interpreter. */
import type { EventObject } from 'xstate';
import type { Calendar } from './calendar.ts';
import type { Statechart } from './statechart-tables.ts';

export interface RunningActor {
  readonly statechart: Statechart;
  /** Enters the initial states. */
  begin(): void;
  /** Delivers an event of another actor: at once, or after the current macrostep. */
  send(event: EventObject): void;
  /** Delivers an event of the calendar, at once. */
  deliver(event: EventObject): void;
  /** Called when a timer is due that the actor put on the calendar (as signal -1 - timer). */
  ring(timer: number): void;
  /** Ends the actor without exit actions, after the current macrostep. */
  stop(): void;
  /** Returns the innermost active states, like `label` of a configuration. */
  label(): string;
  /** Whether the state with this path from the root is active. */
  isIn(path: string): boolean;
}

/** Creates the actors of one statechart. */
export interface ActorSource {
  readonly statechart: Statechart;
  /**
   * Returns an actor that has not started.
   * @param target the actor as target of its entries on the calendar
   */
  take(handle: number, target: number, context: unknown): RunningActor;
}

/** What actors need of the executive. */
export interface ActorHost {
  readonly nowMs: number;
  readonly calendar: Calendar;
  /** Called when an actor has ended; its handle is free. */
  released(handle: number): void;
  /** Called when an actor has thrown; the run must stop. */
  failed(cause: unknown, actor: RunningActor, handle: number, event: string): void;
}
