import { disruptionLabel } from '../lib/disruption-words.ts';
import { instant, whole } from '../lib/format.ts';
import { live, network } from '../lib/live.ts';
import { type Target, targetsOf } from '../lib/places.ts';
import { Badge, Note } from '../ui/parts.tsx';

export function DcDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const row = state?.dcs.find(([each]) => each === id);
  const stores = network.value?.stores.filter(({ dcId }) => dcId === id) ?? [];
  const rows = new Map(state?.stores.map((each) => [each[0], each]));
  const troubles =
    state?.disruptions.filter(
      ({ status, target }) =>
        status === 'active' &&
        targetsOf(target).some((each) => each.kind === 'dc' && each.id === id),
    ) ?? [];
  const isOurs = (kind: string, place: number) => kind === 'dc' && place === id;
  const [away, coming] = [
    state?.trucks.filter((truck) => truck[8] !== null && isOurs(truck[4], truck[5])).length ?? 0,
    state?.trucks.filter((truck) => truck[8] !== null && isOurs(truck[6], truck[7])).length ?? 0,
  ];
  return (
    <>
      {troubles.map((each) => (
        <Note key={each.id} tone="warn">
          {disruptionLabel(each.type)}, severity {Math.round(each.severity * 100)} %, until{' '}
          {instant(each.endMs)}
        </Note>
      ))}
      {row === undefined ? (
        <p class="soft">Nothing is simulated just now; figures come with the stream.</p>
      ) : (
        <dl class="facts">
          <dt>Units in stock</dt>
          <dd>{whole(row[1])}</dd>
          <dt>Can work at</dt>
          <dd>{Math.round(row[2])} %</dd>
          <dt>Trucks that wait</dt>
          <dd>{whole(row[3])}</dd>
          <dt>Trucks on the way out</dt>
          <dd>{away}</dd>
          <dt>Trucks on the way here</dt>
          <dd>{coming}</dd>
        </dl>
      )}
      <h3>Its stores</h3>
      <ul class="store-list">
        {stores.map((store) => {
          const now = rows.get(store.id);
          return (
            <li key={store.id}>
              <button
                type="button"
                class="as-link"
                onClick={() => onChoose({ kind: 'store', id: store.id })}
              >
                {store.name} {store.city}
              </button>
              {now !== undefined && now[3] > 0 && <Badge tone="bad">{now[3]} out</Badge>}
              {now !== undefined && <span>{now[2] === 1 ? whole(now[1]) : 'closed'}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
