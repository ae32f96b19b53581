/** One line about what the pointer lies on. */
import { span } from '../lib/format.ts';
import { live } from '../lib/live.ts';
import { type Target, placeName, truckName } from '../lib/places.ts';

export function tipOf({ kind, id }: Target): string | null {
  const state = live.value;
  if (state === null) return null;
  if (kind === 'store') {
    const row = state.stores.find(([each]) => each === id);
    if (row === undefined) return placeName(kind, id);
    const [, occupancy, open, out] = row;
    const inside = open === 1 ? `${occupancy} inside` : 'closed';
    return `${placeName(kind, id)} · ${inside}${out > 0 ? ` · ${out} out of stock` : ''}`;
  }
  if (kind === 'dc') return placeName(kind, id);
  const row = state.trucks.find(([each]) => each === id);
  if (row === undefined) return truckName(id);
  const now = state.clock.simulatedMs;
  const left = row[9] === null || now === null ? '' : ` · in ${span(row[9] - now)}`;
  return `${truckName(id)} → ${placeName(row[6], row[7])}${left}`;
}
