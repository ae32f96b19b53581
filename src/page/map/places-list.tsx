/** All places and trucks as a list: the content of the map, for users who can't or don't want to point at it. */
import { live, network } from '../lib/live.ts';
import type { TruckNow } from '../lib/live-types.ts';
import { type Target, placeName, truckName } from '../lib/places.ts';
import { isBrokenDown, isOnTheRoad } from '../lib/trucks.ts';

function wayOf(truck: TruckNow): string {
  const { id, to } = truck;
  const stands = isBrokenDown(truck) ? ', broken down' : '';
  return `${truckName(id)} → ${placeName(to.kind, to.id)}${stands}`;
}

export function Places({
  chosen,
  onChoose,
}: {
  chosen: Target | null;
  onChoose: (target: Target) => void;
}) {
  const world = network.value;
  if (world === null) return null;
  const item = (target: Target, text: string) => (
    <li key={`${target.kind}-${target.id}`}>
      <button
        type="button"
        aria-pressed={chosen?.kind === target.kind && chosen.id === target.id}
        onClick={() => onChoose(target)}
      >
        {text}
      </button>
    </li>
  );
  const moving = live.value?.trucks.filter(isOnTheRoad) ?? [];
  return (
    <section class="places" aria-labelledby="places-title">
      <h2 id="places-title">Places and trucks</h2>
      {world.dcs.map(({ id }) => (
        <details key={id} open={world.dcs.length <= 2}>
          <summary>{placeName('dc', id)}</summary>
          <ul>
            {item({ kind: 'dc', id }, 'The center itself')}
            {world.stores
              .filter(({ dcId }) => dcId === id)
              .map((store) => item({ kind: 'store', id: store.id }, placeName('store', store.id)))}
          </ul>
        </details>
      ))}
      <details>
        <summary>Trucks on the road ({moving.length})</summary>
        <ul>{moving.map((truck) => item({ kind: 'truck', id: truck.id }, wayOf(truck)))}</ul>
      </details>
    </section>
  );
}
