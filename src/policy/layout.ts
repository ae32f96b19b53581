/**
 * Where the zones of a store are, and how a shopper walks.
 *
 * The ten departments form a loop in the order of ZONES. From one department a shopper reaches those
 * up to three places further along the loop, either way; the front of the store (entrance, checkout,
 * exit) opens on the main aisle and is next to all of them.
 */
import { ZONE, ZONES } from '../domain/values.ts';

const REACH = 3;
const FRONT: readonly number[] = [ZONE.entrance, ZONE.checkout, ZONE.exit];

function adjacent(a: number, b: number): boolean {
  if (a === b) return false;
  return FRONT.includes(a) || FRONT.includes(b) || Math.abs(a - b) <= REACH;
}

/** For each zone (index into ZONES), the zones next to it. */
export const ADJACENT_ZONES: readonly (readonly number[])[] = ZONES.map((_, from) =>
  ZONES.map((_, to) => to).filter((to) => adjacent(from, to)),
);

/**
 * Appends to `route` the zones on the way along the loop from its last zone to `to`, including `to`.
 * Both must be departments, and `to` must be further along the loop.
 */
export function walkTo(route: number[], to: number): void {
  let at = route[route.length - 1];
  while (to - at > REACH) {
    at += REACH;
    route.push(at);
  }
  route.push(to);
}
