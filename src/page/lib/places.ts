/** Names of places and trucks in the network. */
import { computed } from '@preact/signals';
import { network } from './live.ts';
import type { Network, Place, PlaceKind, StorePlace } from './live-types.ts';

/** What can be selected on the map. */
export interface Target {
  readonly kind: 'dc' | 'store' | 'truck';
  readonly id: number;
}

export interface Directory {
  readonly dcs: ReadonlyMap<number, Place>;
  readonly stores: ReadonlyMap<number, StorePlace>;
  readonly trucks: ReadonlyMap<number, Network['trucks'][number]>;
}

export const directory = computed<Directory>(() => {
  const byId = <T extends { id: number }>(list: readonly T[] = []) =>
    new Map(list.map((each) => [each.id, each]));
  const { dcs, stores, trucks } = network.value ?? {};
  return { dcs: byId(dcs), stores: byId(stores), trucks: byId(trucks) };
});

/** `ST014 Emberland, OH`; a supplier's depot has no name. */
export function placeName(kind: PlaceKind, id: number): string {
  const { dcs, stores } = directory.value;
  const place = kind === 'dc' ? dcs.get(id) : kind === 'store' ? stores.get(id) : undefined;
  if (place === undefined) return kind === 'supplier' ? `depot of supplier ${id}` : `${kind} ${id}`;
  return `${place.name} ${place.city}, ${place.state}`;
}

export function truckName(id: number): string {
  return directory.value.trucks.get(id)?.plate ?? `truck ${id}`;
}

/** Returns the name of a disruption's target such as `dc:3`, `truck:5,6` or `all`. */
export function targetName(target: string): string {
  if (target === 'all') return 'the whole network';
  return target
    .split(' ')
    .map((part) => {
      const [kind, list = ''] = part.split(':');
      return list
        .split(',')
        .map((id) => nameOf(kind, Number(id)))
        .join(', ');
    })
    .join('; ');
}

function nameOf(kind: string, id: number): string {
  if (kind === 'dc' || kind === 'store') return placeName(kind, id);
  return kind === 'truck' ? truckName(id) : `${kind} ${id}`;
}

/** Returns the places and trucks of a target. */
export function namedIn(target: string): readonly Target[] {
  const found: Target[] = [];
  for (const [, kind, list] of target.matchAll(/(dc|store|truck):([\d,]+)/g)) {
    for (const id of list.split(',')) found.push({ kind: kind as Target['kind'], id: Number(id) });
  }
  return found;
}

/** The same, but the centers if the map shows nothing of the target. */
export function targetsOf(target: string): readonly Target[] {
  const named = namedIn(target);
  if (named.length > 0) return named;
  return [...directory.value.dcs.keys()].map((id) => ({ kind: 'dc', id }));
}

/** Whether a place or truck belongs to a target. */
export function isTargeted(target: string, { kind, id }: Target): boolean {
  return targetsOf(target).some((each) => each.kind === kind && each.id === id);
}
