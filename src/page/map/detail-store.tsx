import { localTime, money, span, whole } from '../../domain/format.ts';
import { instantOfRegion } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import { type Target, directory, placeName, truckName } from '../lib/places.ts';
import { Spark } from '../ui/spark.tsx';
import { Badge } from '../ui/parts.tsx';
import { useStoreSamples } from './samples.ts';

export function StoreDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const samples = useStoreSamples(id);
  const now = state?.stores.find((each) => each.id === id);
  const { dcId, timeZone: zone } = directory.value.stores.get(id) ?? {};
  const coming = state?.trucks.filter(({ to }) => to.kind === 'store' && to.id === id) ?? [];
  const nowMs = (state && instantOfRegion(state, dcId)) ?? 0;
  const gaps = samples.map(({ gap }) => gap);
  return (
    <>
      {now === undefined ? (
        <p class="soft">Nothing is known of it just now; figures come with the stream.</p>
      ) : (
        <>
          <div class="row">
            <Badge tone={now.open ? 'good' : 'plain'}>{now.open ? 'Open' : 'Closed'}</Badge>
            {now.stockouts > 0 && <Badge tone="bad">{whole(now.stockouts)} out of stock</Badge>}
          </div>
          <dl class="facts">
            {zone !== undefined && (
              <>
                <dt>Its local time</dt>
                <dd>{localTime(nowMs, zone)}</dd>
              </>
            )}
            <dt>People inside</dt>
            <dd>{whole(now.occupancy)}</dd>
            {now.salesCents !== null && (
              <>
                <dt title="Since midnight, by the clock of the store">Sales today</dt>
                <dd>{money(now.salesCents)}</dd>
              </>
            )}
            {now.receipts !== null && (
              <>
                <dt>Receipts today</dt>
                <dd>{whole(now.receipts)}</dd>
              </>
            )}
          </dl>
        </>
      )}
      <Spark
        label="People inside, lately"
        atMs={samples.map((each) => each.atMs)}
        values={samples.map((each) => each.occupancy)}
        gaps={gaps}
      />
      <Spark
        label="Products out of stock, lately"
        atMs={samples.map((each) => each.atMs)}
        values={samples.map((each) => each.stockouts)}
        gaps={gaps}
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
        <p key={truck.id} class="soft">
          <button
            type="button"
            class="as-link"
            onClick={() => onChoose({ kind: 'truck', id: truck.id })}
          >
            {truckName(truck.id)}
          </button>{' '}
          brings {whole(truck.units)} units
          {truck.arrivesMs !== null &&
            truck.arrivesMs > nowMs &&
            ` in ${span(truck.arrivesMs - nowMs)}`}
        </p>
      ))}
    </>
  );
}
