/** The position of a truck, and what delays it. */
import type { Disruption, LiveState, TruckNow } from './live-types.ts';
import { type Target, isTargeted } from './places.ts';

export function isBrokenDown({ status }: TruckNow): boolean {
  return status === 'BROKEN_DOWN';
}

/** Whether it is between two places: it drives, or it broke down there. */
export function isOnTheRoad(truck: TruckNow): boolean {
  return truck.departedMs !== null || isBrokenDown(truck);
}

/** Part of the trip behind it at its position, 0–1. */
export function shareOfWay({ lat, lon, from, to }: TruckNow): number {
  const [alongLat, alongLon] = [to.lat - from.lat, to.lon - from.lon];
  const squared = alongLat ** 2 + alongLon ** 2;
  if (squared === 0) return 0;
  const share = ((lat - from.lat) * alongLat + (lon - from.lon) * alongLon) / squared;
  return Math.min(1, Math.max(0, share));
}

/** Whether its last trip has ended at its destination, given its position; undefined means parked. */
export function hasArrived(before: TruckNow, now: TruckNow | undefined): boolean {
  if (!isOnTheRoad(before)) return false;
  return now === undefined || !isSameWay(before, now) || !isOnTheRoad(now);
}

function isSameWay(a: TruckNow, b: TruckNow): boolean {
  return isSame(a.from, b.from) && isSame(a.to, b.to);
}

function isSame(a: TruckNow['from'], b: TruckNow['from']): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** Types of disruptions that affect a truck through its center or store. */
const ROAD_TROUBLE: readonly string[] = ['truck_breakdown', 'weather_delay'];

/** Active disruptions that affect a truck: its own, and those along its trip that can have an effect there. */
export function disruptionsOf(state: LiveState, truck: TruckNow): readonly Disruption[] {
  const itself: Target = { kind: 'truck', id: truck.id };
  const isOfWay = ({ type, target }: Disruption) =>
    ROAD_TROUBLE.includes(type) &&
    (type === 'truck_breakdown' ? isBrokenDown(truck) : isOnTheRoad(truck)) &&
    [truck.from, truck.to].some(
      ({ kind, id }) => kind !== 'supplier' && isTargeted(target, { kind, id }),
    );
  return state.disruptions.filter(
    (each) => each.status === 'active' && (isTargeted(each.target, itself) || isOfWay(each)),
  );
}
