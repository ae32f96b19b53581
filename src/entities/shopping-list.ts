/** What a visitor comes for: mission, party, the list of wanted products, and the way through the store. */
import { DEPARTMENT_ZONES, DEPARTMENTS, ZONE } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { walkTo } from '../policy/layout.ts';
import {
  MARKETED_PURCHASE_CHANCE,
  MARKETED_STAY,
  MAX_LINES,
  MISSION,
  MISSION_SHARES,
  PARTY_SHARES,
  PURCHASE_CHANCE,
  REPEAT_CHANCE,
  SINGLE_UNIT_CENTS,
  UNIT_SHARES,
} from '../policy/missions.ts';
import type { Floor } from './floor.ts';
import { PURPOSE, type Visit } from './visit.ts';

const REDRAWS = 4;
const RECALLS = 4;
/** Who collects an order often does not go further into the store. */
const PICKUP_SHOPS_CHANCE = 0.3;

/** Fills in mission, party, list and route of a fresh visit. `product` is what the shopper was sent for, or -1. */
export function planVisit(visit: Visit, segment: number, product: number): void {
  const { stream, floor } = visit;
  visit.mission =
    visit.purpose === PURPOSE.elsewhere
      ? MISSION.quick
      : stream.weighted(MISSION_SHARES[segment], 1);
  visit.party = 1 + stream.weighted(PARTY_SHARES[visit.mission], 1);
  visit.stay = visit.purpose === PURPOSE.ad ? MARKETED_STAY : 1;
  visit.wantCount = 0;
  visit.cartCount = 0;
  visit.cartUnits = 0;
  floor.refreshDemand();
  if (product >= 0) want(visit, product);
  if (buys(visit)) writeList(visit);
  planRoute(visit);
}

function buys(visit: Visit): boolean {
  const { stream } = visit;
  switch (visit.purpose) {
    case PURPOSE.ad:
      return stream.chance(MARKETED_PURCHASE_CHANCE);
    case PURPOSE.pickup:
      return stream.chance(PICKUP_SHOPS_CHANCE);
    case PURPOSE.elsewhere:
      return stream.chance(0.5);
    default:
      return stream.chance(PURCHASE_CHANCE[visit.mission]);
  }
}

function writeList(visit: Visit): void {
  const { stream, floor } = visit;
  const sizes = floor.region.listSizes(visit.purpose === PURPOSE.ad);
  const lines = Math.min(MAX_LINES, 1 + sizes[visit.mission].draw(stream));
  const weights = floor.departmentWeights(visit.mission);
  const total = floor.departmentTotal(visit.mission);
  for (let line = visit.wantCount; line < lines; line++) {
    const department = stream.weighted(weights, total);
    for (let attempt = 0; attempt < REDRAWS; attempt++) {
      const product = drawProduct(floor, visit.patron, department, stream);
      if (product >= 0 && !wanted(visit, product)) {
        want(visit, product);
        break;
      }
    }
  }
}

/** Something bought before, or something that appeals; -1 if the store has no such thing. */
export function drawProduct(
  floor: Floor,
  patron: number,
  department: number,
  stream: Substream,
): number {
  const { region, merchandise, stock } = floor;
  const departmentOf = region.world.products.department;
  if (stream.chance(REPEAT_CHANCE)) {
    for (let recall = 0; recall < RECALLS; recall++) {
      const product = region.patrons.recall(patron, stream);
      if (product < 0) break;
      if (departmentOf[product] === department && stock.carried[product] === 1) return product;
    }
  }
  const product = merchandise.drawProduct(department, stream);
  return product >= 0 && stock.carried[product] === 1 ? product : -1;
}

function wanted(visit: Visit, product: number): boolean {
  for (let want = 0; want < visit.wantCount; want++) {
    if (visit.wantProduct[want] === product) return true;
  }
  return false;
}

function want(visit: Visit, product: number): void {
  visit.want(product, unitsWanted(visit.floor, product, visit.stream));
}

/** Units of one line. */
export function unitsWanted(floor: Floor, product: number, stream: Substream): number {
  if (floor.region.world.products.salePriceCents[product] > SINGLE_UNIT_CENTS) return 1;
  return 1 + stream.weighted(UNIT_SHARES, 1);
}

function planRoute(visit: Visit): void {
  const { stream, floor, route } = visit;
  route.length = 0;
  visit.routeAt = 0;
  visit.zone = ZONE.entrance;
  let zones = 0;
  for (let want = 0; want < visit.wantCount; want++) {
    zones |= 1 << floor.region.productZone[visit.wantProduct[want]];
  }
  if (zones === 0 && visit.purpose !== PURPOSE.pickup) {
    // Who buys nothing still looks around.
    const looks = 1 + stream.below(3);
    for (let look = 0; look < looks; look++) {
      const weights = floor.departmentWeights(visit.mission);
      const department = stream.weighted(weights, floor.departmentTotal(visit.mission));
      zones |= 1 << DEPARTMENT_ZONES[department];
    }
  }
  for (let zone = 1; zone <= DEPARTMENTS.length; zone++) {
    if ((zones & (1 << zone)) === 0) continue;
    if (route.length === 0) route.push(zone);
    else walkTo(route, zone);
  }
}
