/**
 * A copy of a machine that records what stock XState does with it: which guards it tests, which actions it
 * performs, which delays it draws, which timers it starts and cancels, in order. A script gives the results of
 * the guards.
 */
import type { ActorScope, AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate';
import { createActor, createMachine } from 'xstate';
import type { Implementation } from './statechart-tables.ts';

/** With more microsteps than this in a macrostep, a machine is assumed to loop. */
const MAX_MICROSTEPS = 32;

export type Mark =
  | { kind: 'guard'; run: Implementation; params: unknown; event: EventObject; holds: boolean }
  | { kind: 'action'; run: Implementation; params: unknown; event: EventObject }
  | { kind: 'delay'; run: Implementation; params: unknown; event: EventObject }
  | { kind: 'start'; timer: string }
  | { kind: 'cancel'; timer: string };

export class Tape {
  /** What the last macrostep did. */
  marks: Mark[] = [];
  private readonly machine: AnyStateMachine;
  private readonly copy: AnyStateMachine;
  private readonly scope: ActorScope<AnyMachineSnapshot, EventObject>;
  private script: boolean[] = [];
  private asked = 0;

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    this.copy = this.recordingCopy();
    const self = createActor(this.copy);
    this.scope = {
      self,
      id: self.id,
      sessionId: self.sessionId,
      system: self.system,
      logger: () => {},
      defer: () => {},
      emit: () => {},
      stopChild: () => {},
      actionExecutor: ({ type, params, info }) => {
        if (type === 'xstate.raise') {
          const { id, delay } = params as { id: string; delay: unknown };
          if (typeof delay === 'number') this.marks.push({ kind: 'start', timer: id });
        } else if (type === 'xstate.cancel') {
          const { sendId } = params as { sendId: string };
          this.marks.push({ kind: 'cancel', timer: sendId });
        } else {
          const run = this.machine.implementations.actions[type] as unknown as Implementation;
          this.marks.push({ kind: 'action', run, params, event: info.event });
        }
      },
    };
  }

  /** Records every path of the start, guard result `true` first; calls `visit` after each path, with `marks` set. */
  everyStart(visit: (reached: AnyMachineSnapshot) => void): void {
    this.everyWay(() => {
      const reached = this.copy.getInitialSnapshot(this.scope, undefined);
      if (reached.status === 'error') throw reached.error;
      return reached;
    }, visit);
  }

  /** Like `everyStart`, for an event in a configuration reached before. */
  everyReaction(
    from: AnyMachineSnapshot,
    event: EventObject,
    visit: (reached: AnyMachineSnapshot) => void,
  ): void {
    this.everyWay(() => this.copy.transition(from, event, this.scope), visit);
  }

  private everyWay(
    macrostep: () => AnyMachineSnapshot,
    visit: (reached: AnyMachineSnapshot) => void,
  ): void {
    this.script = [];
    do {
      this.marks = [];
      this.asked = 0;
      visit(macrostep());
      while (this.script.at(-1) === false) this.script.pop();
      if (this.script.length > 0) this.script[this.script.length - 1] = false;
    } while (this.script.length > 0);
  }

  private answer(): boolean {
    if (this.asked === this.script.length) this.script.push(true);
    return this.script[this.asked++];
  }

  private recordingCopy(): AnyStateMachine {
    const { actions, guards, delays } = this.machine.implementations;
    const config = { ...this.machine.config, context: {} };
    config.options = { ...config.options, maxIterations: MAX_MICROSTEPS };
    return createMachine(config, {
      actions,
      guards: replaced(guards, (run) => ({ event }: { event: EventObject }, params: unknown) => {
        const holds = this.answer();
        this.marks.push({ kind: 'guard', run, params, event, holds });
        return holds;
      }),
      delays: replaced(delays, (run) => ({ event }: { event: EventObject }, params: unknown) => {
        this.marks.push({ kind: 'delay', run, params, event });
        return 1;
      }),
    }) as AnyStateMachine;
  }
}

/** The named implementations with each plain function replaced; built-in guards and fixed delays stay. */
function replaced(
  implementations: Record<string, unknown>,
  replace: (run: Implementation) => unknown,
): Record<string, never> {
  return Object.fromEntries(
    Object.entries(implementations).map(([name, run]) => {
      const plain = typeof run === 'function' && !('check' in run);
      return [name, (plain ? replace(run as Implementation) : run) as never];
    }),
  );
}
