/** The saved state of an executive as plain data, as a checkpoint keeps it. */
import type { CalendarState } from './calendar.ts';
import type { DerivedActor } from './derived-actor.ts';
import type { HandlesState } from './handles.ts';
import type { Statechart } from './statechart-tables.ts';

/** Contains only numbers, strings and typed arrays. */
export interface ExecutiveState {
  nowMs: number;
  calendar: CalendarState;
  /** Types of the events on the calendar, by signal. */
  eventTypes: string[];
  handles: HandlesState;
  actors: ActorsState;
}

/** The running actors in order of their handles. */
export interface ActorsState {
  statecharts: { id: string; digest: string }[];
  handles: Int32Array;
  /** Index into `statecharts`. */
  statechartOf: Int32Array;
  configurations: Int32Array;
  /** Tickets of the timers of all actors, one after the other. */
  tickets: Float64Array;
}

export function encodeActors(actors: readonly DerivedActor[]): ActorsState {
  const statecharts = [...new Set(actors.map(({ statechart }) => statechart))];
  return {
    statecharts: statecharts.map(({ id, digest }) => ({ id, digest })),
    handles: Int32Array.from(actors, ({ handle }) => handle),
    statechartOf: Int32Array.from(actors, ({ statechart }) => statecharts.indexOf(statechart)),
    configurations: Int32Array.from(actors, ({ configuration }) => configuration),
    tickets: Float64Array.from(actors.flatMap((actor) => [...actor.tickets()])),
  };
}

export interface ActorState {
  handle: number;
  statechart: Statechart;
  configuration: number;
  tickets: Float64Array;
}

/**
 * Returns the actors of a saved state, given the statecharts of this program.
 * @throws Error if a statechart is missing or has changed since the state was saved
 */
export function decodeActors(state: ActorsState, known: readonly Statechart[]): ActorState[] {
  const statecharts = state.statecharts.map(({ id, digest }) => {
    const statechart = known.find((candidate) => candidate.id === id);
    if (statechart === undefined) {
      const names = known.map((candidate) => `"${candidate.id}"`).join(', ');
      throw new Error(`Cannot restore actors of "${id}": the machines given are ${names}`);
    }
    if (statechart.digest !== digest) {
      throw new Error(
        `Cannot restore actors of "${id}": its statechart has changed since the state was saved ` +
          `(${digest} then, ${statechart.digest} now)`,
      );
    }
    return statechart;
  });
  let from = 0;
  return Array.from(state.handles, (handle, index) => {
    const statechart = statecharts[state.statechartOf[index]];
    const tickets = state.tickets.slice(from, from + statechart.timers.length);
    from += statechart.timers.length;
    return { handle, statechart, configuration: state.configurations[index], tickets };
  });
}
