/** A decision tree built path by path from the tapes of one macrostep. */
import type { EventObject } from 'xstate';
import type { Rest, Step } from './statechart-tables.ts';
import { ACTION, CANCEL, DELAY, GUARD, initialEvent, REST } from './statechart-tables.ts';
import type { Mark } from './statechart-tape.ts';

export class DecisionTree {
  private first: Step | null = null;
  private readonly delivered: EventObject;
  private readonly atStart: boolean;
  private readonly timers: ReadonlyMap<string, number>;

  /**
   * @param delivered the event that triggers the macrostep
   * @param atStart whether actions wait until all guards and delays of the macrostep were evaluated
   * @param timers index of each timer by its event type
   */
  constructor(delivered: EventObject, atStart: boolean, timers: ReadonlyMap<string, number>) {
    this.delivered = delivered;
    this.atStart = atStart;
    this.timers = timers;
  }

  get root(): Step {
    if (this.first === null) throw new Error('Cannot take a tree before a path was added');
    return this.first;
  }

  /** Adds one path through the macrostep; it shares its common beginning with earlier paths. */
  add(marks: readonly Mark[], configuration: number, done: boolean): void {
    const starts: number[] = [];
    const actions: Step[] = [];
    let parent: Step | null = null;
    let holds = true;
    const attach = (make: () => Step): void => {
      const existing: Step | null =
        parent === null ? this.first : holds ? parent.next : parent.otherwise;
      const step = existing ?? make();
      if (parent === null) this.first = step;
      else if (holds) parent.next = step;
      else parent.otherwise = step;
      parent = step;
      holds = true;
    };

    let drawn: (Mark & { kind: 'delay' }) | null = null;
    for (const mark of marks) {
      switch (mark.kind) {
        case 'guard':
          attach(() => this.stepOf(GUARD, mark));
          holds = mark.holds;
          break;
        case 'action':
          if (this.atStart) actions.push(this.stepOf(ACTION, mark));
          else attach(() => this.stepOf(ACTION, mark));
          break;
        case 'delay':
          drawn = mark;
          break;
        case 'start': {
          const timer = this.timerOf(mark.timer);
          if (drawn !== null) {
            const draw = drawn;
            attach(() => this.stepOf(DELAY, draw, timer));
            drawn = null;
          }
          starts.push(timer);
          break;
        }
        case 'cancel': {
          const timer = this.timerOf(mark.timer);
          const waiting = starts.indexOf(timer);
          if (waiting >= 0) starts.splice(waiting, 1);
          attach(() => step(CANCEL, { timer }));
        }
      }
    }
    const rest: Rest = { configuration, done, starts: done ? [] : starts, actions };
    attach(() => step(REST, { rest }));
  }

  private stepOf(
    kind: number,
    { run, params, event }: Mark & { kind: 'guard' | 'action' | 'delay' },
    timer = -1,
  ): Step {
    return step(kind, { run, params, event: this.constantEvent(event), timer });
  }

  private constantEvent(event: EventObject): EventObject | null {
    if (event === this.delivered) return null;
    return event.type === initialEvent.type ? initialEvent : event;
  }

  private timerOf(type: string): number {
    const timer = this.timers.get(type);
    if (timer === undefined) throw new Error(`the timer "${type}" is unknown`);
    return timer;
  }
}

/** One literal for all kinds: objects made by spreading are slower to read. */
function step(kind: number, of: Partial<Step>): Step {
  return {
    kind,
    run: of.run ?? null,
    params: of.params,
    event: of.event ?? null,
    timer: of.timer ?? -1,
    next: null,
    otherwise: null,
    rest: of.rest ?? null,
  };
}
