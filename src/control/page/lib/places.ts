/** Names of the places and trucks of the network. */
import { computed } from '@preact/signals';
import { network } from './live.ts';
import type { Network, Place, PlaceKind, StorePlace } from './live-types.ts';

/** What can be chosen on the map. */
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
  if (place === undefined) return kind === 'supplier' ? 'a supplier’s depot' : `${kind} ${id}`;
  return `${place.name} ${place.city}, ${place.state}`;
}

export function truckName(id: number): string {
  return directory.value.trucks.get(id)?.plate ?? `truck ${id}`;
}

/** What a disruption's target such as `dc:3` is called. */
export function targetName(target: string): string {
  const [kind, id] = target.split(':');
  if (kind === 'dc' || kind === 'store') return placeName(kind, Number(id));
  if (kind === 'truck') return truckName(Number(id));
  return id === undefined ? target : `${kind} ${id}`;
}

/** `dc:3` as something that can be shown on the map. */
export function targetOf(target: string): Target | null {
  const match = /^(dc|store|truck):(\d+)$/.exec(target);
  return match === null ? null : { kind: match[1] as Target['kind'], id: Number(match[2]) };
}
