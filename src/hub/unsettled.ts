/** Events that a receiver has, but has not settled yet; and those that it gave back. */
import type { LinkContext, OutgoingDelivery, Sender } from './amqp-library.ts';
import { openUnsettledWindow } from './unsettled-window.ts';

/** A receiver that settles nothing gets this many events and no more. */
const MOST_UNSETTLED = 5_000;
const OUTCOMES = ['accepted', 'rejected', 'released', 'modified'] as const;

interface OutcomeContext extends LinkContext {
  readonly delivery: OutgoingDelivery;
}

export class Unsettled {
  private readonly held = new Map<OutgoingDelivery, number>();
  private readonly givenBack: number[] = [];

  /** @param onChange is called when there is room, or something to send again */
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

  get room(): number {
    return MOST_UNSETTLED - this.held.size;
  }

  /** Sequence number of the oldest event that was given back, to be sent again. */
  get next(): number | undefined {
    return this.givenBack[0];
  }

  /** Remembers an event that is sent; one that was given back goes out of the queue. */
  sent(delivery: OutgoingDelivery, sequence: number): void {
    this.held.set(delivery, sequence);
    if (this.givenBack[0] === sequence) this.givenBack.shift();
  }

  /** Gives up the oldest event that was given back: it is not there any more. */
  skip(): void {
    this.givenBack.shift();
  }

  /** The link is gone, and nobody settles what it held. */
  abandon(): void {
    for (const delivery of this.held.keys()) {
      delivery.settled = true;
      delivery.remote_settled = true;
    }
    this.held.clear();
    this.givenBack.length = 0;
  }

  private settle(delivery: OutgoingDelivery, isBack: boolean): void {
    const sequence = this.held.get(delivery);
    if (sequence === undefined) return;
    this.held.delete(delivery);
    if (isBack) {
      const place = this.givenBack.findIndex((other) => other > sequence);
      this.givenBack.splice(place === -1 ? this.givenBack.length : place, 0, sequence);
    }
    // A receiver that settles second waits for our word.
    if (!delivery.remote_settled) delivery.update(true);
    delivery.settled = true;
    delivery.remote_settled = true;
  }
}
