/** What is drawn, in pixels: the current position of every place and truck. */
import { instantOfTruck, isTimeLapse } from '../lib/instants.ts';
import type { End, LiveState, Network, PlaceKind, TruckNow } from '../lib/live-types.ts';
import { type Target, targetsOf } from '../lib/places.ts';
import { isOnTheRoad, shareOfWay } from '../lib/trucks.ts';
import { declutter } from './declutter.ts';
import { type Curve, curveBetween, headingAt, pointAt } from './route.ts';
import type { Viewport } from './viewport.ts';

export interface Node {
  readonly kind: 'dc' | 'store';
  readonly id: number;
  readonly dcId: number;
  readonly label: string;
  /** The same for small screens. */
  readonly brief: string;
  readonly lon: number;
  readonly lat: number;
  /** Where it is drawn, moved away from the others. */
  x: number;
  y: number;
  radius: number;
  visible: boolean;
}

/** The area of a region on the screen. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface MovingTruck {
  readonly id: number;
  readonly now: TruckNow;
  /** Null while it stands on the road. */
  readonly leg: { readonly departedMs: number; readonly arrivesMs: number } | null;
  readonly curve: Curve;
  /** The instant at which it is shown; null if it moves with the clock. */
  readonly atMs: number | null;
  /** Part of the trip, 0–1. */
  share: number;
  x: number;
  y: number;
  heading: number;
}

const DC_SIZE = 7.5;
const STORE_ROOM = 7;
const SMALLEST_STORE = 2.8;
const STORE_GROWTH = 0.4;
const LARGEST_STORE = 9;

/** Places grow with the zoom, but slower than the map. */
export function sizeFactor(k: number): number {
  return Math.min(2, 0.85 + 0.22 * Math.log2(Math.max(1, k)));
}

/** Radius of a store with this many people in it. */
export function storeRadius(occupancy: number, factor: number): number {
  return factor * Math.min(LARGEST_STORE, SMALLEST_STORE + STORE_GROWTH * Math.sqrt(occupancy));
}

export class Scene {
  readonly nodes: Node[];
  readonly dcs = new Map<number, Node>();
  readonly stores = new Map<number, Node>();

  constructor(network: Network) {
    const node = (kind: Node['kind'], dcId: number, place: Network['dcs'][number]): Node => ({
      kind,
      id: place.id,
      dcId,
      label: `${place.name} ${place.city}, ${place.state}`,
      brief: place.name,
      lon: place.lon,
      lat: place.lat,
      x: 0,
      y: 0,
      radius: 0,
      visible: false,
    });
    for (const dc of network.dcs) this.dcs.set(dc.id, node('dc', dc.id, dc));
    for (const store of network.stores) this.stores.set(store.id, node('store', store.dcId, store));
    this.nodes = [...this.dcs.values(), ...this.stores.values()];
  }

  node(kind: PlaceKind | 'truck', id: number): Node | undefined {
    if (kind === 'dc') return this.dcs.get(id);
    return kind === 'store' ? this.stores.get(id) : undefined;
  }

  /** Positions the nodes for the current zoom. */
  layOut(view: Viewport): void {
    const factor = sizeFactor(view.zoom.k);
    const shown: Node[] = [];
    const spots = [];
    for (const node of this.nodes) {
      const at = view.onScreen(node.lon, node.lat);
      node.visible = at !== null;
      if (at === null) continue;
      const isDc = node.kind === 'dc';
      node.radius = factor * (isDc ? DC_SIZE : SMALLEST_STORE);
      shown.push(node);
      const room = factor * (isDc ? DC_SIZE + 3 : STORE_ROOM);
      spots.push({ x: at[0], y: at[1], radius: room, fixed: isDc });
    }
    for (const [index, { x, y }] of declutter(spots).entries()) {
      shown[index].x = x;
      shown[index].y = y;
    }
  }

  /** A center with its stores. */
  extentOf(dcId: number): Extent {
    let [left, right, top, bottom] = [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const node of this.nodes) {
      if (node.dcId !== dcId || !node.visible) continue;
      left = Math.min(left, node.x - node.radius);
      right = Math.max(right, node.x + node.radius);
      top = Math.min(top, node.y - node.radius);
      bottom = Math.max(bottom, node.y + node.radius);
    }
    return { left, right, top, bottom };
  }

  /** Trucks on the road, by their trip; those that broke down stay there. */
  trucks(state: LiveState, view: Viewport): MovingTruck[] {
    const moving: MovingTruck[] = [];
    const stands = isTimeLapse(state);
    for (const now of state.trucks) {
      if (!isOnTheRoad(now)) continue;
      const { id, departedMs, arrivesMs } = now;
      const from = this.end(now.from, view);
      const to = this.end(now.to, view);
      if (from === null || to === null) continue;
      const curve = curveBetween(from, to);
      const leg = departedMs === null || arrivesMs === null ? null : { departedMs, arrivesMs };
      const atMs = stands ? instantOfTruck(state, now) : null;
      const share = shareOfWay(now);
      moving.push({ id, now, leg, curve, atMs, ...placeOn(curve, share) });
    }
    return moving;
  }

  private end({ kind, id, lon, lat }: End, view: Viewport): [number, number] | null {
    const node = this.node(kind, id);
    if (node?.visible) return [node.x, node.y];
    return view.onScreen(lon, lat);
  }
}

/** The position of a truck on its trip, and its direction. */
export function placeOn(curve: Curve, share: number) {
  return { share, ...pointAt(curve, share), heading: headingAt(curve, share) };
}

/** Trucks that stand at a place, by place. */
export function docked(state: LiveState): Map<string, TruckNow[]> {
  const places = new Map<string, TruckNow[]>();
  for (const truck of state.trucks) {
    if (isOnTheRoad(truck)) continue;
    const { kind, id } = shareOfWay(truck) < 0.5 ? truck.from : truck.to;
    const key = `${kind}:${id}`;
    const there = places.get(key);
    if (there === undefined) places.set(key, [truck]);
    else there.push(truck);
  }
  return places;
}

/** Active disruptions by the places and trucks that they affect. */
export function troubles(state: LiveState): Map<string, LiveState['disruptions'][number][]> {
  const found = new Map<string, LiveState['disruptions'][number][]>();
  for (const disruption of state.disruptions) {
    if (disruption.status !== 'active') continue;
    for (const target of targetsOf(disruption.target)) {
      const key = keyOf(target);
      found.set(key, [...(found.get(key) ?? []), disruption]);
    }
  }
  return found;
}

function keyOf({ kind, id }: Target): string {
  return `${kind}:${id}`;
}
