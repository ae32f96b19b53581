/**
 * The executive: runs the actors of one region in simulated time.
 *
 * Every actor is an XState actor. With the interpreter `derived` it walks the decision tables of its
 * statechart; under `stock` XState interprets it. Both do the same in the same order.
 */
import type { AnyStateMachine } from 'xstate';
import { Calendar } from './calendar.ts';
import { DerivedActor, DerivedActors } from './derived-actor.ts';
import type { ExecutiveState } from './executive-state.ts';
import { decodeActors, encodeActors } from './executive-state.ts';
import { SimulationFault } from './fault.ts';
import { Handles } from './handles.ts';
import type { ActorHost, ActorSource, RunningActor } from './running-actor.ts';
import { statechartOf } from './statechart.ts';
import { StockActors } from './stock-actor.ts';

export type { ExecutiveState } from './executive-state.ts';

/** How statecharts are executed. */
export type Interpreter = 'derived' | 'stock';

export interface ExecutiveOptions {
  /** Simulated time to begin at, epoch ms. */
  startMs: number;
  interpreter?: Interpreter;
  /** The world's seed, for the message of a fault. */
  seed?: number;
  /** Called with the fault that stops the run, before it is thrown. */
  onFault?: (fault: SimulationFault) => void;
}

export interface RestoreOptions extends Omit<ExecutiveOptions, 'startMs'> {
  /** All machines that have running actors. */
  machines: readonly AnyStateMachine[];
  /** Returns the context of an actor, given its handle and its machine's id. Called in order of handles. */
  contextOf: (handle: number, machineId: string) => unknown;
}

/** With more entries than this at one instant, the actors are assumed to loop without time passing. */
const MAX_AT_ONE_INSTANT = 1_000_000;

export class Executive {
  private readonly options: ExecutiveOptions;
  private readonly calendar: Calendar;
  private readonly handles: Handles;
  private readonly host: ActorHost;
  private now: number;
  private running = false;
  private fault: SimulationFault | undefined;
  private readonly sources = new Map<AnyStateMachine, ActorSource>();
  /** Types of events sent with `sendAt`; their indices are signals on the calendar. */
  private readonly eventTypes: string[];
  private readonly signals: Map<string, number>;
  /** By handle. */
  private readonly actors: (RunningActor | undefined)[] = [];

  /** @param state used by `restore` */
  constructor(options: ExecutiveOptions, state?: ExecutiveState) {
    if (!Number.isInteger(options.startMs)) {
      throw new RangeError(`Cannot start at ${options.startMs}: time must be whole epoch ms`);
    }
    this.options = options;
    this.now = options.startMs;
    this.calendar = state === undefined ? new Calendar() : Calendar.restore(state.calendar);
    this.handles = state === undefined ? new Handles() : Handles.restore(state.handles);
    this.eventTypes = [...(state?.eventTypes ?? [])];
    this.signals = new Map(this.eventTypes.map((type, signal) => [type, signal]));
    this.host = this.hostOfActors();
  }

  /** Simulated time, epoch ms. */
  get nowMs(): number {
    return this.now;
  }

  /** Actors that have not ended. */
  get runningActors(): number {
    return this.handles.used;
  }

  /** Number of entries on the calendar, including those for actors that have ended. */
  get pending(): number {
    return this.calendar.size;
  }

  /**
   * Starts an actor of a statechart made with `setup().createMachine()` and returns its handle, an
   * integer from 1 that is used again after the actor has ended. The actor uses the given context itself, not a copy.
   * @throws StatechartError if the machine uses what decision tables cannot express
   */
  start<C>(machine: AnyStateMachine, context: C): number {
    const source = this.sourceOf(machine);
    const handle = this.handles.claim();
    const actor = source.take(handle, this.handles.targetOf(handle), context);
    this.actors[handle] = actor;
    actor.begin();
    this.throwFault();
    return handle;
  }

  /**
   * Delivers an event now: at once, or after the current macrostep if the actor is in the middle of one.
   * The actor sees `{ type, argument }`.
   */
  send(handle: number, type: string, argument = 0): void {
    const event = { type, argument };
    this.actorFor(handle, type).send(event);
    this.throwFault();
  }

  /**
   * Delivers an event at a later time, or now, after everything that is due now. The event is dropped if the
   * actor has ended by then. Returns a ticket for `cancel` (see Calendar.schedule).
   */
  sendAt(atMs: number, handle: number, type: string, argument = 0): number {
    this.actorFor(handle, type);
    if (!(atMs >= this.now && Number.isInteger(atMs))) {
      throw new RangeError(
        `Cannot send "${type}" at ${atMs}: time must be whole epoch ms, not before now, and now is ${this.now}`,
      );
    }
    const target = this.handles.targetOf(handle);
    return this.calendar.schedule(atMs, target, this.signalOf(type), argument);
  }

  /** Cancels an event of `sendAt`. Does nothing if it was delivered already. */
  cancel(ticket: number): void {
    this.calendar.cancel(ticket);
  }

  /** Ends an actor without its exit actions. Does nothing if it has ended already. */
  stop(handle: number): void {
    this.actors[handle]?.stop();
    this.throwFault();
  }

  isAlive(handle: number): boolean {
    return this.actors[handle] !== undefined;
  }

  /** Whether a state, given by its path from the root, e.g. `open.trading`, is active. */
  matches(handle: number, statePath: string): boolean {
    const actor = this.actorOf(handle);
    if (!actor.statechart.paths.has(statePath)) {
      throw new Error(`Cannot match "${statePath}": "${actor.statechart.id}" has no such state`);
    }
    return actor.isIn(statePath);
  }

  /** The innermost active states, e.g. `open.trading`, those of parallel regions joined by ` & `. */
  stateOf(handle: number): string {
    return this.actorOf(handle).label();
  }

  /**
   * Runs everything due before `untilMs` in order, then sets the time to it. Returns how many entries
   * of the calendar were delivered.
   * @throws SimulationFault if an action, guard or delay throws; the executive cannot be used after that
   */
  run(untilMs: number): number {
    this.throwFault();
    if (this.running) throw new Error('Cannot run the executive from within an actor');
    if (!(untilMs >= this.now && Number.isInteger(untilMs))) {
      throw new RangeError(
        `Cannot run until ${untilMs}: time must be whole epoch ms, not before now, and now is ${this.now}`,
      );
    }
    const { calendar } = this;
    let delivered = 0;
    let deliveredBefore = 0;
    this.running = true;
    try {
      while (calendar.popBefore(untilMs)) {
        if (calendar.atMs > this.now) {
          this.now = calendar.atMs;
          deliveredBefore = delivered;
        } else if (delivered - deliveredBefore > MAX_AT_ONE_INSTANT) {
          this.failCircling(calendar.target);
        }
        if (this.deliver(calendar.target, calendar.signal, calendar.argument)) delivered++;
      }
    } finally {
      this.running = false;
    }
    this.now = untilMs;
    return delivered;
  }

  /** Returns everything that `restore` needs except the machines and the contexts of the actors. */
  save(): ExecutiveState {
    this.throwFault();
    if (this.running) throw new Error('Cannot save the executive while it runs');
    if (this.options.interpreter === 'stock') {
      throw new Error(
        'Cannot save actors of the interpreter "stock": only "derived" keeps plain data',
      );
    }
    const actors = this.actors.filter((actor) => actor instanceof DerivedActor);
    return {
      nowMs: this.now,
      calendar: this.calendar.save(),
      eventTypes: [...this.eventTypes],
      handles: this.handles.save(),
      actors: encodeActors(actors),
    };
  }

  /** Returns an executive that continues exactly as the saved one would have: same handles, tickets and order. */
  static restore(state: ExecutiveState, options: RestoreOptions): Executive {
    const { machines, contextOf, ...rest } = options;
    if (rest.interpreter === 'stock') {
      throw new Error('Cannot restore actors into the interpreter "stock": use "derived"');
    }
    const executive = new Executive({ ...rest, startMs: state.nowMs }, state);
    for (const saved of decodeActors(state.actors, machines.map(statechartOf))) {
      const { handle, statechart, configuration, tickets } = saved;
      const source = executive.sourceOf(statechart.machine);
      const target = executive.handles.targetOf(handle);
      const actor = source.take(handle, target, contextOf(handle, statechart.id));
      if (actor instanceof DerivedActor) actor.resume(configuration, tickets);
      executive.actors[handle] = actor;
    }
    return executive;
  }

  private deliver(target: number, signal: number, argument: number): boolean {
    const actor = this.actors[this.handles.handleOf(target)];
    if (actor === undefined) return false;
    if (signal < 0) {
      actor.ring(-1 - signal);
    } else {
      const event = { type: this.eventTypes[signal], argument };
      actor.deliver(event);
    }
    this.throwFault();
    return true;
  }

  private throwFault(): void {
    if (this.fault !== undefined) throw this.fault;
  }

  private actorOf(handle: number): RunningActor {
    const actor = this.actors[handle];
    if (actor === undefined)
      throw new Error(`Cannot use handle ${handle}: no running actor has it`);
    return actor;
  }

  private actorFor(handle: number, type: string): RunningActor {
    const actor = this.actorOf(handle);
    const { eventTypes, id } = actor.statechart;
    if (eventTypes.has(type)) return actor;
    throw new Error(
      `Cannot send "${type}" to "${id}": its events are ${[...eventTypes].join(', ')}`,
    );
  }

  private signalOf(type: string): number {
    let signal = this.signals.get(type);
    if (signal === undefined) {
      signal = this.eventTypes.push(type) - 1;
      this.signals.set(type, signal);
    }
    return signal;
  }

  private sourceOf(machine: AnyStateMachine): ActorSource {
    let source = this.sources.get(machine);
    if (source === undefined) {
      for (const { id } of this.sources.keys()) {
        if (id === machine.id) throw new Error(`Cannot run two machines with the id "${id}"`);
      }
      const Source = this.options.interpreter === 'stock' ? StockActors : DerivedActors;
      source = new Source(statechartOf(machine), this.host);
      this.sources.set(machine, source);
    }
    return source;
  }

  private failCircling(target: number): void {
    const handle = this.handles.handleOf(target);
    const actor = this.actors[handle];
    if (actor === undefined) return;
    const cause = new Error(`more than ${MAX_AT_ONE_INSTANT} entries at one instant`);
    this.host.failed(cause, actor, handle, 'run');
    this.throwFault();
  }

  private hostOfActors(): ActorHost {
    const now = () => this.now;
    return {
      get nowMs() {
        return now();
      },
      calendar: this.calendar,
      released: (handle) => {
        this.actors[handle] = undefined;
        this.handles.release(handle);
      },
      failed: (cause, actor, handle, event) => {
        if (this.fault !== undefined) return;
        const { seed, onFault } = this.options;
        const { id: machine } = actor.statechart;
        const place = { nowMs: this.now, seed, machine, handle, state: actor.label(), event };
        this.fault = new SimulationFault(place, cause);
        onFault?.(this.fault);
      },
    };
  }
}
