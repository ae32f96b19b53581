/** The beginning of a visit: who comes to which store, why, and what is planned. */
import { purposeKey, Substream } from '../engine/substream.ts';
import type { CustomerSession, VisitedStore } from './customer-session.ts';
import type { Occasion } from './occasion.ts';
import type { SessionPool } from './session-pool.ts';
import { planSession, type ShoppedStore } from './shopping-list.ts';
import type { StoreIds } from './store-ids.ts';

const VISIT = purposeKey('session', 'visit');

/** The parts of a store that a visit needs to begin. */
interface AdmittingStore extends ShoppedStore {
  readonly region: ShoppedStore['region'] & { readonly sessions: SessionPool };
  readonly ids: StoreIds;
}

/** Returns the planned visit of a customer who comes to a store now. @param patron index in the region's patrons */
export function beginVisit(
  store: AdmittingStore & VisitedStore,
  patron: number,
  occasion: Occasion,
): CustomerSession {
  const { region } = store;
  const { customers } = region.world;
  const session = region.sessions.take();
  const sessionId = store.ids.nextSession();
  const customerId = region.patrons.firstCustomerId + patron;
  session.store = store;
  session.sessionId = sessionId;
  session.stream = Substream.of(region.seed, VISIT, sessionId);
  session.patron = patron;
  session.customerId = customerId;
  session.member = customers.loyalty[customerId - 1] === 1;
  session.purpose = occasion.purpose;
  session.impressionId = occasion.impressionId;
  session.order = occasion.order;
  session.receiptId = 0;
  session.subtotalCents = 0;
  session.hasLane = false;
  session.entranceSeconds = 0;
  session.exitSeconds = 0;
  session.shadowing = 0;
  session.zoneSinceMs = region.nowMs;
  session.lastPingMs = 0;
  planSession(session, store, customers.segment[customerId - 1], occasion.product);
  return session;
}
