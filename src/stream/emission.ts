/** Passes events from the world to the publisher: immediately, or at a given rate. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { Publisher } from '../delivery/publisher.ts';
import type { RateGovernor } from './rate-governor.ts';
import type { PlacedEvent } from './stream-world.ts';

export class Emission {
  /** If undefined, events are passed immediately. */
  governor: RateGovernor | undefined;
  private readonly publisher: Publisher;
  private readonly onEvent: ((event: OutgoingEvent) => void) | undefined;
  private events: readonly PlacedEvent[] = [];
  private next = 0;

  /** @param onEvent called with each event before it is offered */
  constructor(publisher: Publisher, onEvent?: (event: OutgoingEvent) => void) {
    this.publisher = publisher;
    this.onEvent = onEvent;
  }

  /** Whether all events were offered. */
  get isEmpty(): boolean {
    return this.next === this.events.length;
  }

  /** Accepts the events of a step. Called when all earlier events were offered. */
  take(events: readonly PlacedEvent[]): void {
    // Regions are simulated one after the other; at a given rate their events are sent in order of time.
    this.events = this.governor === undefined ? events : byTime(events);
    this.next = 0;
  }

  /** Offers the due events, or all events. */
  async offer(most: 'due' | 'all'): Promise<void> {
    const { publisher, onEvent } = this;
    while (!this.isEmpty) {
      const { governor } = this;
      if (most === 'due' && governor !== undefined && governor.waitMs() > 0) return;
      const { event, region, sequence } = this.events[this.next++];
      onEvent?.(event);
      const { taken } = publisher;
      const room = publisher.offer(event, region, sequence);
      // Events that an earlier run delivered don't count for the rate.
      if (publisher.taken > taken) governor?.goes(event);
      if (room !== true) await room;
    }
  }
}

/** Sorts events by time, and in order of creation within each region. */
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
