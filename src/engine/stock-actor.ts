/** An actor that stock XState interprets: slow and not to be saved, but the measure of the derived ones. */
import type {
  AnyActor,
  AnyActorLogic,
  AnyMachineSnapshot,
  AnyStateMachine,
  EventObject,
} from 'xstate';
import { createActor, createMachine } from 'xstate';
import { CalendarClock } from './clock.ts';
import type { ActorHost, ActorSource, LiveActor } from './live-actor.ts';
import { isLeaf, labelOf } from './statechart-explorer.ts';
import type { Statechart } from './statechart-tables.ts';

export class StockActors implements ActorSource {
  readonly statechart: Statechart;
  private readonly host: ActorHost;
  private readonly machine: AnyStateMachine;

  constructor(statechart: Statechart, host: ActorHost) {
    this.statechart = statechart;
    this.host = host;
    const { config, implementations } = statechart.machine;
    this.machine = createMachine({ ...config }, implementations) as AnyStateMachine;
  }

  take(handle: number, target: number, context: unknown): LiveActor {
    // XState copies a computed context but takes a constant one as it is, and it must be the record itself.
    this.machine.config.context = context;
    return new StockActor(this.statechart, this.machine, this.host, handle, target);
  }
}

class StockActor implements LiveActor {
  readonly statechart: Statechart;
  private readonly clock: CalendarClock;
  private readonly actor: AnyActor;
  private received = 'xstate.init';

  constructor(
    statechart: Statechart,
    machine: AnyStateMachine,
    host: ActorHost,
    handle: number,
    target: number,
  ) {
    this.statechart = statechart;
    this.clock = new CalendarClock(host, target);
    const { getInitialSnapshot, getPersistedSnapshot, start, transition } = machine;
    const logic: AnyActorLogic = {
      getInitialSnapshot,
      getPersistedSnapshot,
      start,
      transition: (snapshot, event, scope) => {
        this.received = event.type;
        return transition(snapshot, event, scope);
      },
    };
    this.actor = createActor(logic, { id: machine.id, clock: this.clock });
    this.actor.subscribe({
      complete: () => host.released(handle),
      error: (cause) => host.failed(cause, this, handle, this.received),
    });
  }

  begin(): void {
    this.actor.start();
  }

  send(event: EventObject): void {
    this.actor.send(event);
  }

  ring(timer: number): void {
    this.clock.ring(timer);
  }

  stop(): void {
    this.actor.stop();
  }

  label(): string {
    return labelOf(this.snapshot._nodes.filter(isLeaf));
  }

  isIn(path: string): boolean {
    return this.snapshot._nodes.some((node) => node.path.join('.') === path);
  }

  private get snapshot(): AnyMachineSnapshot {
    return this.actor.getSnapshot();
  }
}
