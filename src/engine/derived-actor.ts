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

export class DerivedActor implements RunningActor {
  readonly status = 'active';
  readonly output = undefined;
  readonly error = undefined;
  readonly statechart: Statechart;
  /** Index of the configuration; -1 before the actor begins. */
  configuration = -1;
  /** For each timer: its ticket; 0 if it is not running; -1 - delay while it waits for the end of the macrostep. */
  readonly timers: number[];
  handle = 0;
  private target = 0;
  private playing = false;
  private stopping = false;
  /** During a macrostep that the calendar began; what is sent to the actor meanwhile waits. */
  private delivering = false;
  private waiting: EventObject[] | undefined;
  /** The single argument of guards, actions and delays. Each actor has its own, so that nested sends are safe. */
  private readonly args: ActionArgs = { context: undefined, event: initialEvent };
  private readonly actor: Actor<DerivedLogic>;
  private readonly source: DerivedActors;

  constructor(source: DerivedActors) {
    this.source = source;
    this.statechart = source.statechart;
    this.timers = new Array(this.statechart.timers.length).fill(0);
    const { id } = this.statechart;
    this.actor = createActor(logic, { id, input: this, parent: source.root }).start();
  }

  /** Assigns an entity to the actor. */
  play(handle: number, target: number, context: unknown): void {
    this.handle = handle;
    this.target = target;
    this.args.context = context;
    this.configuration = -1;
    this.playing = true;
    this.stopping = false;
  }

  /** Continues where a saved actor stopped. */
  resume(configuration: number, tickets: ArrayLike<number>): void {
    this.configuration = configuration;
    for (let timer = 0; timer < tickets.length; timer++) this.timers[timer] = tickets[timer];
  }

  get value(): StateValue | undefined {
    return this.statechart.configurations[this.configuration]?.value;
  }

  get context(): unknown {
    return this.args.context;
  }

  begin(): void {
    this.deliver(initialEvent);
  }

  send(event: EventObject): void {
    if (this.delivering) (this.waiting ??= []).push(event);
    else this.actor.send(event);
  }

  ring(timer: number): void {
    this.timers[timer] = 0;
    this.deliver(this.statechart.timers[timer].event);
  }

  /**
   * Nobody is in the middle of a macrostep of this actor when the calendar delivers, and its mailbox is empty, so the
   * event needs no place in it. Most events are such, and the mailbox costs more than their macrosteps.
   */
  deliver(event: EventObject): void {
    this.delivering = true;
    this.react(event);
    this.delivering = false;
    if (this.waiting === undefined) return;
    const { waiting } = this;
    this.waiting = undefined;
    for (const later of waiting) this.actor.send(later);
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
      this.playing = false;
      this.source.host.failed(error, this, this.handle, event.type);
    }
  }

  private treeFor(event: EventObject): Step {
    const tree = this.statechart.tables.get(event.type)?.[this.configuration];
    if (tree === undefined)
      throw new Error(`"${event.type}" is not an event of this actor in this state`);
    return tree;
  }

  /** Starts as XState does: guards and delays first, actions when the states are entered. */
  private open(): void {
    const rest = this.walk(this.statechart.initial, initialEvent);
    this.configuration = rest.configuration;
    for (const step of rest.actions) {
      this.args.event = step.event ?? initialEvent;
      (step.run as Implementation)(this.args, step.params);
    }
    this.settle(rest);
  }

  /** Walks a decision tree to its end. */
  private walk(tree: Step, event: EventObject): Rest {
    const { args, timers } = this;
    let step = tree;
    for (;;) {
      switch (step.kind) {
        case GUARD: {
          args.event = step.event ?? event;
          const holds = (step.run as Implementation)(args, step.params);
          step = (holds ? step.next : step.otherwise) as Step;
          break;
        }
        case ACTION:
          args.event = step.event ?? event;
          (step.run as Implementation)(args, step.params);
          step = step.next as Step;
          break;
        case DELAY: {
          args.event = step.event ?? event;
          const delayMs = (step.run as Implementation)(args, step.params) as number;
          timers[step.timer] = -1 - checkedDelayMs(delayMs);
          step = step.next as Step;
          break;
        }
        case CANCEL: {
          const ticket = timers[step.timer];
          if (ticket > 0) this.source.host.calendar.cancel(ticket);
          timers[step.timer] = 0;
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
    const { timers, target, source } = this;
    const { calendar, nowMs } = source.host;
    for (const timer of rest.starts) {
      const { fixedMs } = this.statechart.timers[timer];
      const delayMs = fixedMs < 0 ? -1 - timers[timer] : fixedMs;
      timers[timer] = calendar.schedule(nowMs + delayMs, target, -1 - timer, 0);
    }
  }

  private end(): void {
    const { timers, source } = this;
    for (let timer = 0; timer < timers.length; timer++) {
      if (timers[timer] > 0) source.host.calendar.cancel(timers[timer]);
      timers[timer] = 0;
    }
    this.playing = false;
    this.args.context = undefined;
    this.args.event = initialEvent;
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
  private readonly idle: DerivedActor[] = [];

  constructor(statechart: Statechart, host: ActorHost) {
    this.statechart = statechart;
    this.host = host;
  }

  take(handle: number, target: number, context: unknown): DerivedActor {
    const actor = this.idle.pop() ?? new DerivedActor(this);
    actor.play(handle, target, context);
    return actor;
  }

  giveBack(actor: DerivedActor): void {
    this.idle.push(actor);
  }
}
