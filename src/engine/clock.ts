/** XState's clock over the event calendar, for an actor that stock XState interprets. */
import type { ActorHost } from './running-actor.ts';

export class CalendarClock {
  private readonly host: ActorHost;
  private readonly target: number;
  private readonly waiting = new Map<number, { ticket: number; callback: () => void }>();
  private nextTimer = 0;

  /** @param target the actor as target of its entries on the calendar */
  constructor(host: ActorHost, target: number) {
    this.host = host;
    this.target = target;
  }

  setTimeout(callback: () => void, delayMs: number): number {
    const timer = this.nextTimer++;
    const { calendar, nowMs } = this.host;
    const ticket = calendar.schedule(nowMs + checkedDelayMs(delayMs), this.target, -1 - timer, 0);
    this.waiting.set(timer, { ticket, callback });
    return timer;
  }

  clearTimeout(timer: number): void {
    const entry = this.waiting.get(timer);
    if (entry === undefined) return;
    this.waiting.delete(timer);
    this.host.calendar.cancel(entry.ticket);
  }

  /** Calls the callback of a timer. */
  ring(timer: number): void {
    const entry = this.waiting.get(timer);
    this.waiting.delete(timer);
    entry?.callback();
  }
}

/** Returns the delay unchanged. @throws RangeError if it is not a whole number of ms, 0 or more */
export function checkedDelayMs(delayMs: number): number {
  if (delayMs >= 0 && Number.isInteger(delayMs)) return delayMs;
  throw new RangeError(
    `Cannot wait ${delayMs} ms: a delay must be a whole number of ms, 0 or more`,
  );
}
