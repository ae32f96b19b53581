/** The plan of a visit: mission, party, list of wanted products, and route through the store. */
import { DEPARTMENT_ZONES, DEPARTMENTS, ZONE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { COMPLEMENT_CHANCE } from '../policy/complements.ts';
import { walkTo } from '../policy/layout.ts';
import {
  MAX_LINES,
  MISSION,
  PARTY_SHARES,
  SINGLE_UNIT_CENTS,
  UNIT_SHARES,
} from '../policy/missions.ts';
import type { VisitRates } from '../world/visit-rates.ts';
import type { CustomerSession } from './customer-session.ts';
import type { HouseholdBudgets } from './household-budgets.ts';
import type { ListSizes } from './list-sizes.ts';
import { PURPOSE } from './occasion.ts';
import { Chooser, type ChoiceRegion, type ChoiceStore, natureOf } from './product-choice.ts';
import type { PostponedWishes } from './postponed-wishes.ts';
import type { Setting } from './services.ts';
import type { StoreStock } from './store-stock.ts';

/** Products that come to mind for a line, until one is not on the list. */
export const REDRAWS = 5;
/** Chance that a customer who collects an order also shops. */
const PICKUP_SHOPS_CHANCE = 0.3;

export interface ShoppingRegion extends ChoiceRegion {
  readonly wishes: PostponedWishes;
  readonly budgets: HouseholdBudgets;
  /** Zone of each product's department. */
  readonly productZone: Uint8Array;
  readonly visitRates: VisitRates;
  /** Returns the lengths of lists of visitors who saw an ad, or of others. */
  listSizes(marketed: boolean): ListSizes;
}

/** The parts of a store that visitors and online orders from its shelves use. */
export interface ShoppedStore extends ChoiceStore {
  readonly master: { readonly id: number };
  readonly region: ShoppingRegion;
  readonly stock: StoreStock;
  /** Local day number of the present trading day. */
  readonly tradingDayNumber: number;
  /** Updates the department weights to the present hour. Call it before reading them. */
  refreshDemand(): void;
  departmentWeights(mission: number): Float64Array;
  departmentTotal(mission: number): number;
  /** Draws the mission of a visit by a customer of a segment. */
  drawMission(nature: number, segment: number, stream: Substream): number;
}

/**
 * Fills in mission, party, list and route of a new visit to a store.
 * @param segment of the customer, index into SEGMENTS
 * @param product index of the product that the shopper did not find at another store, or -1
 */
export function planSession(
  session: CustomerSession,
  store: ShoppedStore,
  segment: number,
  product: number,
): void {
  const { stream } = session;
  store.refreshDemand();
  session.mission =
    session.purpose === PURPOSE.elsewhere
      ? MISSION.quick
      : store.drawMission(natureOf(store.region, session.patron), segment, stream);
  session.party = 1 + stream.weighted(PARTY_SHARES[session.mission], 1);
  session.stay = session.purpose === PURPOSE.ad ? store.region.visitRates.marketedStay : 1;
  session.wantCount = 0;
  session.cartCount = 0;
  session.cartUnits = 0;
  if (product >= 0) want(session, store, product);
  if (buys(session, store, segment)) {
    if (store.region.wishes.has(session.patron)) recallWishes(session, store);
    writeList(session, store, segment);
  }
  planRoute(session, store);
}

/** Puts what the customer did not find at earlier visits on the list. */
function recallWishes(session: CustomerSession, store: ShoppedStore): void {
  const { region, stock } = store;
  region.wishes.take(session.patron, region.nowMs, (product, qty) => {
    if (stock.carried[product] === 1 && !wanted(session, product)) session.want(product, qty);
  });
}

function buys(
  session: CustomerSession,
  { region, master }: ShoppedStore,
  segment: number,
): boolean {
  const { stream } = session;
  const { visitRates: rates, effects, nowMs } = region;
  const factor = effects.purchase(master.id, nowMs, segment);
  switch (session.purpose) {
    case PURPOSE.ad:
      return stream.chance(rates.marketedPurchase[session.mission] * factor);
    case PURPOSE.pickup:
      return stream.chance(PICKUP_SHOPS_CHANCE);
    case PURPOSE.elsewhere:
      return stream.chance(0.5);
    default:
      return stream.chance(rates.purchase[session.mission] * factor);
  }
}

function writeList(session: CustomerSession, store: ShoppedStore, segment: number): void {
  const { stream, patron } = session;
  const { region, merchandise } = store;
  const sizes = region.listSizes(session.purpose === PURPOSE.ad);
  const wished = sizes.draw(session.mission, natureOf(region, patron), stream);
  const budget =
    region.budgets.listFactor(patron, session.mission, store.tradingDayNumber) *
    region.effects.basket(store.master.id, region.nowMs, segment);
  const lines = Math.min(MAX_LINES, 1 + rounded((wished - 1) * budget, stream));
  const weights = store.departmentWeights(session.mission);
  const total = store.departmentTotal(session.mission);
  const chooser = new Chooser(store, patron, stream, false);
  if (region.patrons.knownTo(patron) === 0) chooser.recollect(weights, total);
  for (let line = session.purpose === PURPOSE.elsewhere ? 1 : 0; line < lines; line++) {
    if (session.wantCount > 0 && stream.chance(COMPLEMENT_CHANCE)) {
      const product = merchandise.drawComplement(
        session.wantProduct(session.wantCount - 1),
        stream,
      );
      if (product >= 0 && store.stock.carried[product] === 1 && !wanted(session, product)) {
        want(session, store, product);
        continue;
      }
    }
    const department = stream.weighted(weights, total);
    for (let attempt = 0; attempt < REDRAWS; attempt++) {
      const product = chooser.draw(department);
      if (product < 0 || wanted(session, product)) continue;
      want(session, store, product);
      break;
    }
  }
}

/** Rounds up or down by chance, so that the mean stays. */
function rounded(value: number, stream: Substream): number {
  const whole = Math.floor(value);
  return value === whole || !stream.chance(value - whole) ? whole : whole + 1;
}

function wanted(session: CustomerSession, product: number): boolean {
  for (let want = 0; want < session.wantCount; want++) {
    if (session.wantProduct(want) === product) return true;
  }
  return false;
}

function want(session: CustomerSession, store: ShoppedStore, product: number): void {
  const { region } = store;
  const units = unitsWanted(region, product, session.stream);
  const more = session.purpose === PURPOSE.ad ? marketedUnits(region, product, session.stream) : 0;
  session.want(product, units + more);
}

/** Draws the units of one line. */
export function unitsWanted({ world }: Setting, product: number, stream: Substream): number {
  if (world.products.salePriceCents[product] > SINGLE_UNIT_CENTS) return 1;
  return 1 + stream.weighted(UNIT_SHARES, 1);
}

/** Draws the units of a line that a visitor takes beyond others because of an ad. */
function marketedUnits(region: ShoppingRegion, product: number, stream: Substream): number {
  if (region.world.products.salePriceCents[product] > SINGLE_UNIT_CENTS) return 0;
  return Math.floor(region.visitRates.marketedUnits + stream.unit());
}

function planRoute(session: CustomerSession, store: ShoppedStore): void {
  const { stream, route } = session;
  route.length = 0;
  session.routeAt = 0;
  session.zone = ZONE.entrance;
  let zones = 0;
  for (let want = 0; want < session.wantCount; want++) {
    zones |= 1 << session.wantZone(want);
  }
  if (zones === 0 && session.purpose !== PURPOSE.pickup) {
    // Visitors who buy nothing still walk through some departments.
    const looks = 1 + stream.below(3);
    for (let look = 0; look < looks; look++) {
      const weights = store.departmentWeights(session.mission);
      const department = stream.weighted(weights, store.departmentTotal(session.mission));
      zones |= 1 << DEPARTMENT_ZONES[department];
    }
  }
  for (let zone = 1; zone <= DEPARTMENTS.length; zone++) {
    if ((zones & (1 << zone)) === 0) continue;
    if (route.length === 0) route.push(zone);
    else walkTo(route, zone);
  }
}
