/** Visits that are planned: after an ad, to collect an order, in search of what another store lacked. */
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { type Floor, UNLOCK_LEAD_MS } from './floor.ts';
import { nextTradingDay } from './store-hours.ts';
import { PURPOSE } from './visit.ts';

/** Fields of a planned visit in the region's slot pool. */
const PLANNED = { patron: 0, purpose: 1, subject: 2, deadlineMs: 3 } as const;

/** Plans a visit of a patron; the subject is an impression id, an order's slot or a product. */
export function planVisitTo(
  floor: Floor,
  patron: number,
  purpose: number,
  subject: number,
  atMs: number,
  deadlineMs: number,
): void {
  schedule(floor, floor.region.planned.add(patron, purpose, subject, deadlineMs), atMs);
}

/** The planned time has come, and the store is open. */
export function admitPlannedVisit(floor: Floor, slot: number): void {
  const { planned, nowMs, orders, touches } = floor.region;
  const patron = planned.get(slot, PLANNED.patron);
  if (!floor.isFree(patron)) {
    schedule(floor, slot, nowMs + 20 * MINUTE_MS + floor.arrivals.below(HOUR_MS));
    return;
  }
  const purpose = planned.get(slot, PLANNED.purpose);
  const subject = planned.get(slot, PLANNED.subject);
  planned.release(slot);
  if (purpose === PURPOSE.pickup && !orders.awaitsPickup(subject)) return;
  const touch = purpose === PURPOSE.ad ? touches.claim(patron, nowMs) : 0;
  floor.admit(
    patron,
    purpose === PURPOSE.ad && touch === 0 ? PURPOSE.shopping : purpose,
    touch,
    purpose === PURPOSE.pickup ? subject : -1,
    purpose === PURPOSE.elsewhere ? subject : -1,
  );
}

/** The planned time has come, but the store is shut. */
export function postponeVisit(floor: Floor, slot: number): void {
  const next = nextTradingDay(floor.zone, floor.region.nowMs + UNLOCK_LEAD_MS);
  schedule(floor, slot, next.openMs + UNLOCK_LEAD_MS + floor.arrivals.below(5 * HOUR_MS));
}

/** A shopper who found a shelf empty looks for the product in the nearest other store. */
export function lookElsewhere(floor: Floor, patron: number, product: number): void {
  const { region } = floor;
  const other = region.nearestOtherStore(floor.index);
  if (other === undefined || other.stock.carried[product] === 0) return;
  const atMs = region.nowMs + HOUR_MS + floor.arrivals.below(20 * HOUR_MS);
  const deadlineMs = region.nowMs + 48 * HOUR_MS;
  planVisitTo(other, patron, PURPOSE.elsewhere, product, atMs, deadlineMs);
}

/** A visit that would come too late is given up. */
function schedule(floor: Floor, slot: number, atMs: number): void {
  const { region } = floor;
  if (atMs > region.planned.get(slot, PLANNED.deadlineMs)) region.planned.release(slot);
  else region.sendAt(atMs, floor.handle, 'VISIT_DUE', slot);
}
