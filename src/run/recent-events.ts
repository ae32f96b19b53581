/** The last events of a stream, for whoever wants to look at some. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

export class RecentEvents {
  private readonly most: number;
  private events: OutgoingEvent[] = [];
  private next = 0;

  constructor(most: number) {
    this.most = most;
  }

  add(event: OutgoingEvent): void {
    this.events[this.next] = event;
    this.next = (this.next + 1) % this.most;
  }

  /** Envelopes as JSON, oldest first. @param most how many at most */
  list(most = this.most): string[] {
    const { events, next } = this;
    const inOrder = [...events.slice(next), ...events.slice(0, next)];
    return inOrder.slice(-most).map(({ body }) => body.toString('utf8'));
  }
}
