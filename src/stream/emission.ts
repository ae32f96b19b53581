/** Events on their way from the world to the publisher: all at once, or at a rate that is held. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { Publisher } from '../delivery/publisher.ts';
import type { RateGovernor } from './rate-governor.ts';
import type { PlacedEvent } from './stream-world.ts';

export class Emission {
  /** Undefined: events go as soon as they are made. */
  governor: RateGovernor | undefined;
  private readonly publisher: Publisher;
  private readonly onEvent: ((event: OutgoingEvent) => void) | undefined;
  private events: readonly PlacedEvent[] = [];
  private next = 0;

  /** @param onEvent shown each event before it is offered */
  constructor(publisher: Publisher, onEvent?: (event: OutgoingEvent) => void) {
    this.publisher = publisher;
    this.onEvent = onEvent;
  }

  /** Whether everything made has been offered. */
  get isEmpty(): boolean {
    return this.next === this.events.length;
  }

  /** Takes what a step brought forth, when everything before it has been offered. */
  take(events: readonly PlacedEvent[]): void {
    // Regions come one after the other; seen evenly they go side by side.
    this.events = this.governor === undefined ? events : byTime(events);
    this.next = 0;
  }

  /** Offers what is due, or everything there is. */
  async offer(most: 'due' | 'all'): Promise<void> {
    const { publisher, onEvent } = this;
    while (!this.isEmpty) {
      const { governor } = this;
      if (most === 'due' && governor !== undefined && governor.waitMs() > 0) return;
      const { event, region, sequence } = this.events[this.next++];
      onEvent?.(event);
      const { taken } = publisher;
      const room = publisher.offer(event, region, sequence);
      // What an earlier life has delivered is no event of this one's rate.
      if (publisher.taken > taken) governor?.goes(event);
      if (room !== true) await room;
    }
  }
}

/** In the order of time, and that of its making within each region. */
function byTime(events: readonly PlacedEvent[]): PlacedEvent[] {
  const queues = new Map<number, PlacedEvent[]>();
  for (const placed of events) {
    const queue = queues.get(placed.region);
    if (queue === undefined) queues.set(placed.region, [placed]);
    else queue.push(placed);
  }
  const heads = [...queues.values()].map((queue) => ({ queue, at: 0 }));
  const ordered: PlacedEvent[] = [];
  while (ordered.length < events.length) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.at === head.queue.length) continue;
      const { eventMs } = head.queue[head.at].event;
      if (first === undefined || eventMs < first.queue[first.at].event.eventMs) first = head;
    }
    if (first !== undefined) ordered.push(first.queue[first.at++]);
  }
  return ordered;
}
