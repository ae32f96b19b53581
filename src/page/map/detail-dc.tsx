import { whole } from '../../domain/format.ts';
import { live, network } from '../lib/live.ts';
import type { End } from '../lib/live-types.ts';
import { type Target, isTargeted } from '../lib/places.ts';
import { isOnTheRoad } from '../lib/trucks.ts';
import { Badge } from '../ui/parts.tsx';
import { Troubles } from './troubles.tsx';

export function DcDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const now = state?.dcs.find((each) => each.id === id);
  const stores = network.value?.stores.filter(({ dcId }) => dcId === id) ?? [];
  const rows = new Map(state?.stores.map((each) => [each.id, each]));
  const troubles =
    state?.disruptions.filter(
      ({ status, target }) => status === 'active' && isTargeted(target, { kind: 'dc', id }),
    ) ?? [];
  const isHere = ({ kind, id: place }: End) => kind === 'dc' && place === id;
  const driving = state?.trucks.filter(isOnTheRoad) ?? [];
  return (
    <>
      <Troubles list={troubles} />
      {now === undefined ? (
        <p class="soft">Nothing is known of it just now; figures come with the stream.</p>
      ) : (
        <dl class="facts">
          <dt>Units in stock</dt>
          <dd>{whole(now.onHandUnits)}</dd>
          <dt>Can work at</dt>
          <dd>{Math.round(now.capacityPercent)} %</dd>
          <dt>Trucks that wait</dt>
          <dd>{whole(now.queue)}</dd>
          <dt>Trucks on the way out</dt>
          <dd>{driving.filter(({ from }) => isHere(from)).length}</dd>
          <dt>Trucks on the way here</dt>
          <dd>{driving.filter(({ to }) => isHere(to)).length}</dd>
        </dl>
      )}
      <h3>Its stores</h3>
      <ul class="store-list">
        {stores.map((store) => {
          const inside = rows.get(store.id);
          return (
            <li key={store.id}>
              <button
                type="button"
                class="as-link"
                onClick={() => onChoose({ kind: 'store', id: store.id })}
              >
                {store.name} {store.city}
              </button>
              {inside !== undefined && inside.stockouts > 0 && (
                <Badge tone="bad">{inside.stockouts} out</Badge>
              )}
              {inside !== undefined && (
                <span>{inside.open ? whole(inside.occupancy) : 'closed'}</span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
