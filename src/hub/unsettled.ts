/** Events that a receiver has but has not settled yet, and events that it released. */
import type { LinkContext, OutgoingDelivery, Sender } from './amqp-library.ts';
import { openUnsettledWindow } from './unsettled-window.ts';

/**
 * The most events that a link remembers. A receiver that settles gets no more until it does. One that never
 * settles, like Microsoft's Python client, goes on, and its oldest events count as settled.
 */
const MOST_UNSETTLED = 5_000;
const OUTCOMES = ['accepted', 'rejected', 'released', 'modified'] as const;

interface OutcomeContext extends LinkContext {
  readonly delivery: OutgoingDelivery;
}

export class Unsettled {
  private readonly held = new Map<OutgoingDelivery, number>();
  private readonly givenBack: number[] = [];
  private hasSettled = false;

  /** @param onChange called when there is room again, or something to send again */
  constructor(sender: Sender, onChange: () => void) {
    openUnsettledWindow(sender.session);
    for (const outcome of OUTCOMES) {
      sender.on(outcome, ({ delivery }: OutcomeContext) => {
        const isBack =
          outcome === 'released' ||
          (outcome === 'modified' && delivery.remote_state?.undeliverable_here !== true);
        this.settle(delivery, isBack);
        onChange();
      });
    }
    sender.on('settled', ({ delivery }: OutcomeContext) => {
      this.settle(delivery, false);
      onChange();
    });
  }

  /** Number of events that may be sent now. */
  get room(): number {
    return this.hasSettled ? MOST_UNSETTLED - this.held.size : Infinity;
  }

  /** Sequence number of the oldest released event, which is sent again. */
  get next(): number | undefined {
    return this.givenBack[0];
  }

  /** Records an event that is sent; a released one leaves the queue. */
  sent(delivery: OutgoingDelivery, sequence: number): void {
    this.held.set(delivery, sequence);
    if (this.givenBack[0] === sequence) this.givenBack.shift();
    if (this.held.size <= MOST_UNSETTLED) return;
    const [oldest] = this.held.keys();
    if (oldest !== undefined) this.forget(oldest);
  }

  /** Drops the oldest released event: it is no longer retained. */
  skip(): void {
    this.givenBack.shift();
  }

  /** Called when the link is gone: nobody settles the events that it held. */
  abandon(): void {
    for (const delivery of this.held.keys()) this.forget(delivery);
    this.givenBack.length = 0;
  }

  private settle(delivery: OutgoingDelivery, isBack: boolean): void {
    const sequence = this.held.get(delivery);
    if (sequence === undefined) return;
    this.hasSettled = true;
    if (isBack) {
      const place = this.givenBack.findIndex((other) => other > sequence);
      this.givenBack.splice(place === -1 ? this.givenBack.length : place, 0, sequence);
    }
    // A receiver in settle mode "second" waits for the hub to settle too.
    if (!delivery.remote_settled) delivery.update(true);
    this.forget(delivery);
  }

  private forget(delivery: OutgoingDelivery): void {
    this.held.delete(delivery);
    delivery.settled = true;
    delivery.remote_settled = true;
  }
}
