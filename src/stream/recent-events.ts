/** Keeps the last events of a stream, and the last events of each type, for previews. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

export class RecentEvents {
  private readonly all: Ring;
  private readonly ofType = new Map<string, Ring>();
  private readonly mostOfType: number;

  /** @param most number of last events @param mostOfType number of last events of each type */
  constructor(most: number, mostOfType: number) {
    this.all = new Ring(most);
    this.mostOfType = mostOfType;
  }

  add(event: OutgoingEvent): void {
    this.all.add(event);
    let ring = this.ofType.get(event.eventType);
    if (ring === undefined) {
      ring = new Ring(this.mostOfType);
      this.ofType.set(event.eventType, ring);
    }
    ring.add(event);
  }

  /** Returns envelopes as JSON, oldest first. @param most maximum number @param type only events of this type */
  list(most?: number, type?: string): string[] {
    const ring = type === undefined ? this.all : this.ofType.get(type);
    return (ring?.list(most) ?? []).map(({ body }) => body.toString('utf8'));
  }
}

class Ring {
  private readonly most: number;
  private readonly events: OutgoingEvent[] = [];
  private next = 0;

  constructor(most: number) {
    this.most = most;
  }

  add(event: OutgoingEvent): void {
    this.events[this.next] = event;
    this.next = (this.next + 1) % this.most;
  }

  /** Returns the last events, oldest first. */
  list(most = this.most): OutgoingEvent[] {
    const { events, next } = this;
    return [...events.slice(next), ...events.slice(0, next)].slice(-most);
  }
}
