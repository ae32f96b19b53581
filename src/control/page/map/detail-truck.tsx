import { instant, span, whole, words } from '../lib/format.ts';
import { live } from '../lib/live.ts';
import { type Target, placeName } from '../lib/places.ts';
import { Badge, Meter } from '../ui/parts.tsx';
import { useTruckLegs } from './samples.ts';

export function TruckDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const legs = useTruckLegs(id);
  const row = state?.trucks.find(([each]) => each === id);
  const nowMs = state?.clock.simulatedMs ?? 0;
  if (row === undefined) return <p class="soft">It is parked at its home just now.</p>;
  const [, status, , , fromKind, fromId, toKind, toId, departedMs, arrivesMs, units] = row;
  const place = (kind: typeof fromKind, placeId: number) =>
    kind === 'supplier' ? (
      placeName(kind, placeId)
    ) : (
      <button type="button" class="as-link" onClick={() => onChoose({ kind, id: placeId })}>
        {placeName(kind, placeId)}
      </button>
    );
  return (
    <>
      <div class="row">
        <Badge tone={status === 'DELAYED' ? 'bad' : 'plain'}>{words(status.toLowerCase())}</Badge>
      </div>
      <dl class="facts">
        <dt>From</dt>
        <dd>{place(fromKind, fromId)}</dd>
        <dt>To</dt>
        <dd>{place(toKind, toId)}</dd>
        <dt>On board</dt>
        <dd>{units > 0 ? `${whole(units)} units` : 'empty'}</dd>
        <dt>Arrives</dt>
        <dd>
          {arrivesMs === null ? '–' : arrivesMs > nowMs ? `in ${span(arrivesMs - nowMs)}` : 'now'}
        </dd>
      </dl>
      {departedMs !== null && arrivesMs !== null && (
        <Meter
          share={(nowMs - departedMs) / Math.max(1, arrivesMs - departedMs)}
          label="Part of the way"
        />
      )}
      {legs.length > 0 && (
        <>
          <h3>Its last ways</h3>
          <ul class="legs">
            {legs.map((leg) => (
              <li key={leg.departedMs}>
                <span class="soft">{instant(leg.departedMs)}</span>
                {placeName(leg.fromKind, leg.fromId)} → {placeName(leg.toKind, leg.toId)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
