/** Planned visits: after an ad, to collect an order, or for a product that was out of stock at another store. */
import type { Sections } from '../domain/plain-data.ts';
import type { Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { type Occasion, PURPOSE } from './occasion.ts';
import type { Actors } from './services.ts';
import { SlotPool } from './slot-pool.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { nextTradingDay, UNLOCK_LEAD_MS } from './store-hours.ts';

/** The parts of a store that planned visits use. */
export interface VisitableStore {
  readonly handle: number;
  /** Place among the region's stores. */
  readonly index: number;
  readonly zone: ZoneTime;
  readonly arrivals: Substream;
  readonly stock: { readonly carried: Uint8Array };
  isFree(patron: number): boolean;
  admit(patron: number, occasion: Occasion): void;
}

export interface PlannedVisitsRegion extends Actors {
  readonly orders: { awaitsPickup(slot: number): boolean };
  /** Takes note that a response to an ad begins, or comes too late. */
  readonly audience: { settle(patron: number): void };
  nearestOtherStore(index: number): VisitableStore | undefined;
}

export interface PlannedVisit {
  readonly patron: number;
  /** One of PURPOSE. */
  readonly purpose: number;
  /** An impression's id, an order's slot or a product's index. */
  readonly subject: number;
  readonly atMs: number;
  /** A visit that can't begin by then is dropped, epoch ms. */
  readonly deadlineMs: number;
}

export class PlannedVisits implements StatefulPart {
  private readonly region: PlannedVisitsRegion;
  private readonly pool = new SlotPool(['patron', 'purpose', 'subject', 'deadlineMs']);

  constructor(region: PlannedVisitsRegion) {
    this.region = region;
  }

  /** Plans a visit to a store. */
  plan(store: VisitableStore, visit: PlannedVisit): void {
    this.schedule(store, this.pool.add(visit), visit.atMs);
  }

  /** Called at the planned time while the store is open. */
  admit(store: VisitableStore, slot: number): void {
    const { pool, region } = this;
    const { nowMs } = region;
    const patron = pool.get(slot, 'patron');
    if (!store.isFree(patron)) {
      this.schedule(store, slot, nowMs + 20 * MINUTE_MS + store.arrivals.below(HOUR_MS));
      return;
    }
    const purpose = pool.get(slot, 'purpose');
    const subject = pool.get(slot, 'subject');
    pool.release(slot);
    if (purpose === PURPOSE.pickup && !region.orders.awaitsPickup(subject)) return;
    if (purpose === PURPOSE.ad) region.audience.settle(patron);
    store.admit(patron, {
      purpose,
      impressionId: purpose === PURPOSE.ad ? subject : 0,
      order: purpose === PURPOSE.pickup ? subject : -1,
      product: purpose === PURPOSE.elsewhere ? subject : -1,
    });
  }

  /** Called at the planned time while the store is closed. */
  postpone(store: VisitableStore, slot: number): void {
    const next = nextTradingDay(store.zone, this.region.nowMs + UNLOCK_LEAD_MS);
    this.schedule(store, slot, next.openMs + UNLOCK_LEAD_MS + store.arrivals.below(5 * HOUR_MS));
  }

  /** Plans a visit to the nearest other store for a product that is out of stock in this one. */
  lookElsewhere(store: VisitableStore, patron: number, product: number): void {
    const { nowMs } = this.region;
    const other = this.region.nearestOtherStore(store.index);
    if (other === undefined || other.stock.carried[product] === 0) return;
    this.plan(other, {
      patron,
      purpose: PURPOSE.elsewhere,
      subject: product,
      atMs: nowMs + HOUR_MS + store.arrivals.below(20 * HOUR_MS),
      deadlineMs: nowMs + 48 * HOUR_MS,
    });
  }

  private schedule(store: VisitableStore, slot: number, atMs: number): void {
    const { pool, region } = this;
    if (atMs <= pool.get(slot, 'deadlineMs')) {
      region.sendAt(atMs, store.handle, 'VISIT_DUE', slot);
      return;
    }
    if (pool.get(slot, 'purpose') === PURPOSE.ad) region.audience.settle(pool.get(slot, 'patron'));
    pool.release(slot);
  }

  save(): Sections {
    return this.pool.save('planned');
  }

  restore(saved: SavedState): void {
    this.pool.restore(saved, 'planned');
  }
}
