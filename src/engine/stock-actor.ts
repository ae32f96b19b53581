/** An actor that stock XState interprets: slow and impossible to save, but the reference for derived actors. */
import type {
  AnyActor,
  AnyActorLogic,
  AnyMachineSnapshot,
  AnyStateMachine,
  EventObject,
} from 'xstate';
import { createActor, StateMachine } from 'xstate';
import { CalendarClock } from './clock.ts';
import type { ActorHost, ActorSource, RunningActor } from './running-actor.ts';
import { isLeaf, labelOf } from './statechart-explorer.ts';
import type { Statechart } from './statechart-tables.ts';

export class StockActors implements ActorSource {
  readonly statechart: Statechart;
  private readonly host: ActorHost;

  constructor(statechart: Statechart, host: ActorHost) {
    this.statechart = statechart;
    this.host = host;
  }

  take(handle: number, target: number, context: unknown): RunningActor {
    return new StockActor(this.statechart, this.host, handle, target, context);
  }
}

class StockActor implements RunningActor {
  readonly statechart: Statechart;
  private readonly clock: CalendarClock;
  private readonly actor: AnyActor;
  private received = 'xstate.init';

  constructor(
    statechart: Statechart,
    host: ActorHost,
    handle: number,
    target: number,
    context: unknown,
  ) {
    this.statechart = statechart;
    this.clock = new CalendarClock(host, target);
    const { machine } = statechart;
    // XState copies a computed context but uses a constant one itself, and the context must be the record itself.
    const config = { ...machine.config, context };
    const own: AnyStateMachine = Object.create(machine, { config: { value: config } });
    const logic: AnyActorLogic = {
      getInitialSnapshot: (scope, input) =>
        StateMachine.prototype.getInitialSnapshot.call(own, scope, input),
      getPersistedSnapshot: machine.getPersistedSnapshot,
      start: machine.start,
      transition: (snapshot, event, scope) => {
        this.received = event.type;
        return machine.transition(snapshot, event, scope);
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

  deliver(event: EventObject): void {
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
