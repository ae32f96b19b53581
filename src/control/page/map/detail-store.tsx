import { money, span, whole } from '../lib/format.ts';
import { live } from '../lib/live.ts';
import { type Target, directory, placeName, truckName } from '../lib/places.ts';
import { Spark } from '../ui/spark.tsx';
import { Badge } from '../ui/parts.tsx';
import { useStoreSamples } from './samples.ts';

export function StoreDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const samples = useStoreSamples(id);
  const row = state?.stores.find(([each]) => each === id);
  const dcId = directory.value.stores.get(id)?.dcId;
  const coming = state?.trucks.filter((truck) => truck[6] === 'store' && truck[7] === id) ?? [];
  const nowMs = state?.clock.simulatedMs ?? 0;
  return (
    <>
      {row === undefined ? (
        <p class="soft">Nothing is simulated just now; figures come with the stream.</p>
      ) : (
        <>
          <div class="row">
            <Badge tone={row[2] === 1 ? 'good' : 'plain'}>{row[2] === 1 ? 'Open' : 'Closed'}</Badge>
            {row[3] > 0 && <Badge tone="bad">{whole(row[3])} out of stock</Badge>}
          </div>
          <dl class="facts">
            <dt>People inside</dt>
            <dd>{whole(row[1])}</dd>
            <dt>Sales today</dt>
            <dd>{money(row[4])}</dd>
            <dt>Receipts today</dt>
            <dd>{whole(row[5])}</dd>
          </dl>
        </>
      )}
      <Spark
        label="People inside, lately"
        atMs={samples.map((each) => each.atMs)}
        values={samples.map((each) => each.occupancy)}
      />
      <Spark
        label="Products out of stock, lately"
        atMs={samples.map((each) => each.atMs)}
        values={samples.map((each) => each.stockouts)}
        tone="bad"
      />
      {dcId !== undefined && (
        <p class="soft">
          Supplied by{' '}
          <button type="button" class="as-link" onClick={() => onChoose({ kind: 'dc', id: dcId })}>
            {placeName('dc', dcId)}
          </button>
        </p>
      )}
      {coming.map((truck) => (
        <p key={truck[0]} class="soft">
          <button
            type="button"
            class="as-link"
            onClick={() => onChoose({ kind: 'truck', id: truck[0] })}
          >
            {truckName(truck[0])}
          </button>{' '}
          brings {whole(truck[10])} units
          {truck[9] !== null && truck[9] > nowMs && ` in ${span(truck[9] - nowMs)}`}
        </p>
      ))}
    </>
  );
}
