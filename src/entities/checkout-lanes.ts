/** The checkout lanes of a store: who has one, who waits for one, and when payments are authorised. */
import { authorisationGapMs, laneCount } from '../policy/shopping.ts';
import type { Actors, Setting } from './services.ts';

/** A shopper at the checkout. */
interface QueuedShopper {
  /** Handle of the visit's actor. */
  readonly handle: number;
  /** Slot of the visit in the region's sessions. */
  readonly slot: number;
  hasLane: boolean;
}

/** State of the lanes in a checkpoint. */
export type SavedLanes = {
  busyLanes: number;
  tillFreeAtMs: number;
  /** Slots of the visits in the queue for a lane. */
  queue: number[];
};

export class CheckoutLanes {
  private readonly region: Actors & Setting;
  private readonly storeId: number;
  private readonly lanes: number;
  private readonly authorisationGap: number;
  private busyLanes = 0;
  private tillFreeAtMs = 0.5;
  private queue: QueuedShopper[] = [];

  /** @param itemsPerTicket mean units on a receipt */
  constructor(
    region: Actors & Setting,
    { id, visitsPerDay }: { readonly id: number; readonly visitsPerDay: number },
    itemsPerTicket: number,
  ) {
    this.region = region;
    this.storeId = id;
    this.lanes = laneCount(visitsPerDay, itemsPerTicket);
    this.authorisationGap = authorisationGapMs(visitsPerDay);
  }

  join(shopper: QueuedShopper): void {
    if (this.queue.length === 0 && this.busyLanes < this.staffed()) {
      this.busyLanes++;
      shopper.hasLane = true;
    } else {
      this.queue.push(shopper);
    }
  }

  /** Called when a shopper leaves the lane: it goes to the next in the queue, if it is still staffed. */
  passOn(): void {
    this.busyLanes--;
    const staffed = this.staffed();
    while (this.busyLanes < staffed) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.busyLanes++;
      next.hasLane = true;
      this.region.send(next.handle, 'CALLED');
    }
  }

  /** Lanes with somebody at the till: all, or what scenarios leave of them. */
  private staffed(): number {
    const { effects, nowMs } = this.region;
    if (!effects.touches.lanes) return this.lanes;
    return Math.max(1, Math.round(this.lanes * effects.lanes(this.storeId, nowMs)));
  }

  /** Shoppers in the queue for a lane. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Returns the time until a payment requested now is authorised, ms; the payment host processes one at a time. */
  authorisationMs(processingMs: number): number {
    const { nowMs } = this.region;
    const atMs = Math.max(nowMs + processingMs, this.tillFreeAtMs);
    this.tillFreeAtMs = atMs + this.authorisationGap;
    return atMs - nowMs;
  }

  save(): SavedLanes {
    const { busyLanes, tillFreeAtMs } = this;
    return { busyLanes, tillFreeAtMs, queue: this.queue.map(({ slot }) => slot) };
  }

  /** @param bySlot finds the visit in a slot of the region's sessions */
  restore(saved: SavedLanes, bySlot: (slot: number) => QueuedShopper): void {
    this.busyLanes = saved.busyLanes;
    this.tillFreeAtMs = saved.tillFreeAtMs;
    this.queue = saved.queue.map(bySlot);
  }
}
