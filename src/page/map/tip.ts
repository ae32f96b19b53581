/** One line about what is under the pointer. */
import { span } from '../../domain/format.ts';
import { instantOfTruck } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import { type Target, placeName, truckName } from '../lib/places.ts';
import { isBrokenDown } from '../lib/trucks.ts';

export function tipOf({ kind, id }: Target): string | null {
  const state = live.value;
  if (state === null) return null;
  if (kind === 'store') {
    const now = state.stores.find((each) => each.id === id);
    if (now === undefined) return placeName(kind, id);
    const { occupancy, open, stockouts: out } = now;
    const inside = open ? `${occupancy} inside` : 'closed';
    return `${placeName(kind, id)} · ${inside}${out > 0 ? ` · ${out} out of stock` : ''}`;
  }
  if (kind === 'dc') return placeName(kind, id);
  const truck = state.trucks.find((each) => each.id === id);
  if (truck === undefined) return truckName(id);
  const now = instantOfTruck(state, truck);
  const { arrivesMs, to } = truck;
  if (isBrokenDown(truck)) return `${truckName(id)} → ${placeName(to.kind, to.id)} · broken down`;
  const left = arrivesMs === null || now === null ? '' : ` · in ${span(arrivesMs - now)}`;
  return `${truckName(id)} → ${placeName(to.kind, to.id)}${left}`;
}
