/**
 * An XState actor that walks the decision tables of its statechart. One actor is reused for
 * one entity after another: creating an XState actor costs as much as a dozen macrosteps, and as much again in
 * garbage collection.
 */
import type { Actor, ActorLogic, AnyActorRef, EventObject, Snapshot, StateValue } from 'xstate';
import { createActor, fromTransition } from 'xstate';
import { checkedDelayMs } from './clock.ts';
import type { ActorHost, ActorSource, RunningActor } from './running-actor.ts';
import type { ActionArgs, Implementation, Rest, Statechart, Step } from './statechart-tables.ts';
import { ACTION, CANCEL, DELAY, GUARD, initialEvent } from './statechart-tables.ts';

type DerivedLogic = ActorLogic<DerivedActor, EventObject, DerivedActor>;

/** XState sees the actor as its own snapshot, which changes in place. */
const logic: DerivedLogic = {
  getInitialSnapshot: (_scope, self) => self,
  transition: (self, event) => {
    self.react(event);
    return self;
  },
  getPersistedSnapshot: (self) => self as Snapshot<unknown>,
};

const stopEvent: EventObject = { type: 'engine.stop' };

/** Actors that the tickets of a pool have room for at first. */
const FIRST_ACTORS = 16;

/** An actor is itself the argument of its guards, actions and delays: each has its own, so that nested sends are safe. */
export class DerivedActor implements RunningActor, ActionArgs {
  // A visit's actor is rarely in the CPU's cache, so it has few fields.
  /** Index of the configuration; -1 before the actor begins. */
  configuration = -1;
  handle = 0;
  context: unknown;
  event: EventObject = initialEvent;
  private target = 0;
  private playing = false;
  private stopping = false;
  /** During a macrostep that the calendar began; what is sent to the actor meanwhile waits. */
  private delivering = false;
  private waiting: EventObject[] | undefined;
  /** Where its tickets begin in those of the pool. */
  private readonly firstTicket: number;
  private readonly actor: Actor<DerivedLogic>;
  private readonly source: DerivedActors;

  constructor(source: DerivedActors, firstTicket: number) {
    this.source = source;
    this.firstTicket = firstTicket;
    const { id } = source.statechart;
    this.actor = createActor(logic, { id, input: this, parent: source.root }).start();
  }

  // XState's snapshot.
  get status(): 'active' {
    return 'active';
  }

  get output(): undefined {
    return undefined;
  }

  get error(): undefined {
    return undefined;
  }

  get statechart(): Statechart {
    return this.source.statechart;
  }

  /** Assigns an entity to the actor. */
  play(handle: number, target: number, context: unknown): void {
    this.handle = handle;
    this.target = target;
    this.context = context;
    this.configuration = -1;
    this.playing = true;
    this.stopping = false;
  }

  /** Continues where a saved actor stopped. */
  resume(configuration: number, tickets: ArrayLike<number>): void {
    this.configuration = configuration;
    this.source.tickets.set(tickets, this.firstTicket);
  }

  /** For each timer: its ticket; 0 if it is not running; -1 - delay while it waits for the end of the macrostep. */
  tickets(): Float64Array {
    const { source, firstTicket } = this;
    return source.tickets.slice(firstTicket, firstTicket + this.statechart.timers.length);
  }

  get value(): StateValue | undefined {
    return this.statechart.configurations[this.configuration]?.value;
  }

  begin(): void {
    this.deliver(initialEvent);
  }

  send(event: EventObject): void {
    if (!this.delivering) this.actor.send(event);
    else if (this.waiting === undefined) this.waiting = [event];
    else this.waiting.push(event);
  }

  /**
   * Nobody is in the middle of a macrostep of this actor when the calendar delivers, and its mailbox is empty, so the
   * event needs no place in it. Most events are such, and the mailbox costs more than their macrosteps.
   */
  deliver(event: EventObject): void {
    this.delivering = true;
    this.react(event);
    this.delivered();
  }

  ring(timer: number): void {
    const { source } = this;
    source.tickets[this.firstTicket + timer] = 0;
    this.delivering = true;
    const { event, trees } = source.statechart.timers[timer];
    try {
      this.settle(this.walk(trees[this.configuration] ?? this.unexpected(event), event));
    } catch (error) {
      this.fail(error, event);
    }
    this.delivered();
  }

  /** Ends what the calendar began: what was sent to the actor meanwhile, and what is sent by that, in order. */
  private delivered(): void {
    if (this.waiting !== undefined) {
      for (const later of this.waiting) this.react(later);
      this.waiting = undefined;
    }
    this.delivering = false;
  }

  stop(): void {
    this.stopping = true;
    this.send(stopEvent);
  }

  label(): string {
    return this.statechart.configurations[this.configuration]?.label ?? '';
  }

  isIn(path: string): boolean {
    return this.statechart.configurations[this.configuration]?.paths.has(path) ?? false;
  }

  /** Runs one macrostep, never during another. Called by XState's mailbox, or for the calendar. */
  react(event: EventObject): void {
    // Events sent before the end but not delivered yet are lost with the entity.
    if (!this.playing || (this.stopping && event !== stopEvent)) return;
    try {
      if (event === initialEvent) this.open();
      else if (event === stopEvent) this.end();
      else this.settle(this.walk(this.treeFor(event), event));
    } catch (error) {
      this.fail(error, event);
    }
  }

  private fail(error: unknown, event: EventObject): void {
    this.playing = false;
    this.source.host.failed(error, this, this.handle, event.type);
  }

  private treeFor(event: EventObject): Step {
    const tree = this.statechart.tables.get(event.type)?.[this.configuration];
    return tree ?? this.unexpected(event);
  }

  private unexpected(event: EventObject): never {
    throw new Error(`"${event.type}" is not an event of this actor in this state`);
  }

  /** Starts as XState does: guards and delays first, actions when the states are entered. */
  private open(): void {
    const rest = this.walk(this.statechart.initial, initialEvent);
    this.configuration = rest.configuration;
    for (const step of rest.actions) {
      this.event = step.event ?? initialEvent;
      (step.run as Implementation)(this, step.params);
    }
    this.settle(rest);
  }

  /** Walks a decision tree to its end. */
  private walk(tree: Step, event: EventObject): Rest {
    let step = tree;
    for (;;) {
      switch (step.kind) {
        case GUARD: {
          this.event = step.event ?? event;
          const holds = (step.run as Implementation)(this, step.params);
          step = (holds ? step.next : step.otherwise) as Step;
          break;
        }
        case ACTION:
          this.event = step.event ?? event;
          (step.run as Implementation)(this, step.params);
          step = step.next as Step;
          break;
        case DELAY: {
          this.event = step.event ?? event;
          const delayMs = (step.run as Implementation)(this, step.params) as number;
          this.source.tickets[this.firstTicket + step.timer] = -1 - checkedDelayMs(delayMs);
          step = step.next as Step;
          break;
        }
        case CANCEL: {
          this.cancel(this.firstTicket + step.timer);
          step = step.next as Step;
          break;
        }
        default:
          return step.rest as Rest;
      }
    }
  }

  /** Ends a macrostep. Timers start after the last action, as in XState; this decides ties in the calendar. */
  private settle(rest: Rest): void {
    this.configuration = rest.configuration;
    if (rest.done) {
      this.end();
      return;
    }
    const { source, firstTicket } = this;
    const { tickets, statechart } = source;
    const { calendar, nowMs } = source.host;
    for (const timer of rest.starts) {
      const { fixedMs } = statechart.timers[timer];
      const delayMs = fixedMs < 0 ? -1 - tickets[firstTicket + timer] : fixedMs;
      tickets[firstTicket + timer] = calendar.schedule(nowMs + delayMs, this.target, -1 - timer, 0);
    }
  }

  private cancel(place: number): void {
    const { tickets, host } = this.source;
    if (tickets[place] > 0) host.calendar.cancel(tickets[place]);
    tickets[place] = 0;
  }

  private end(): void {
    const { source, firstTicket } = this;
    const { length } = this.statechart.timers;
    for (let timer = 0; timer < length; timer++) this.cancel(firstTicket + timer);
    this.playing = false;
    this.context = undefined;
    this.event = initialEvent;
    source.giveBack(this);
    source.host.released(this.handle);
  }
}

/** The pool of derived actors of one statechart: as many as were ever alive at the same time. */
export class DerivedActors implements ActorSource {
  readonly statechart: Statechart;
  readonly host: ActorHost;
  /** Parent of all actors, so that they share one XState system instead of creating one each. */
  readonly root: AnyActorRef = createActor(fromTransition((state) => state, undefined)).start();
  /** The tickets of all actors, one after the other. */
  tickets: Float64Array;
  private made = 0;
  private readonly idle: DerivedActor[] = [];

  constructor(statechart: Statechart, host: ActorHost) {
    this.statechart = statechart;
    this.host = host;
    this.tickets = new Float64Array(statechart.timers.length * FIRST_ACTORS);
  }

  take(handle: number, target: number, context: unknown): DerivedActor {
    const actor = this.idle.pop() ?? this.make();
    actor.play(handle, target, context);
    return actor;
  }

  giveBack(actor: DerivedActor): void {
    this.idle.push(actor);
  }

  private make(): DerivedActor {
    const firstTicket = this.statechart.timers.length * this.made++;
    if (firstTicket === this.tickets.length && firstTicket > 0) {
      const tickets = new Float64Array(2 * firstTicket);
      tickets.set(this.tickets);
      this.tickets = tickets;
    }
    return new DerivedActor(this, firstTicket);
  }
}
