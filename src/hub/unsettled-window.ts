/**
 * Deliveries of a session, settled in any order. The library's own window is full as soon as one
 * delivery is unsettled and enough came after it: every link of the session would then stop.
 */
import type { OutgoingDeliveries, OutgoingDelivery, Session } from './amqp-library.ts';

/** Deliveries that may wait to be sent, as many as in the library's own window. */
const MOST_WAITING = 2048;

class UnsettledWindow implements OutgoingDeliveries {
  private readonly byId = new Map<number, OutgoingDelivery>();
  private readonly waiting: () => number;

  constructor(waiting: () => number) {
    this.waiting = waiting;
  }

  get size(): number {
    return this.byId.size;
  }

  available(): number {
    return MOST_WAITING - this.waiting();
  }

  push(delivery: OutgoingDelivery): void {
    this.byId.set(delivery.id, delivery);
  }

  by_id(id: number): OutgoingDelivery | undefined {
    return this.byId.get(id);
  }

  pop_if(isDone: (delivery: OutgoingDelivery) => boolean): number {
    let count = 0;
    for (const [id, delivery] of this.byId) {
      if (!isDone(delivery)) continue;
      this.byId.delete(id);
      count++;
    }
    return count;
  }
}

/** Lets a session hold unsettled deliveries without blocking on them. */
export function openUnsettledWindow({ outgoing }: Session): void {
  if (outgoing.deliveries instanceof UnsettledWindow) return;
  const window = new UnsettledWindow(
    () => outgoing.next_delivery_id - outgoing.next_pending_delivery,
  );
  outgoing.deliveries.pop_if((delivery) => {
    window.push(delivery);
    return true;
  });
  outgoing.deliveries = window;
}
