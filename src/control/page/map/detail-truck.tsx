import { instant, span, whole, words } from '../lib/format.ts';
import { instantOfTruck } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import type { End, PlaceKind } from '../lib/live-types.ts';
import { type Target, placeName } from '../lib/places.ts';
import { Badge, Meter } from '../ui/parts.tsx';
import { useTruckLegs } from './samples.ts';

/** `dc:1` as a name. */
function endName(end: string): string {
  const [kind, id] = end.split(':');
  return placeName(kind as PlaceKind, Number(id));
}

export function TruckDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const legs = useTruckLegs(id);
  const now = state?.trucks.find((each) => each.id === id);
  if (state === null || now === undefined)
    return <p class="soft">It is parked at its home just now.</p>;
  const nowMs = instantOfTruck(state, now) ?? 0;
  const { status, from, to, departedMs, arrivesMs, units } = now;
  const place = ({ kind, id: placeId }: End) =>
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
        <dd>{place(from)}</dd>
        <dt>To</dt>
        <dd>{place(to)}</dd>
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
            {legs.toReversed().map((leg) => (
              <li key={leg.sinceMs}>
                <span class="soft">
                  {instant(leg.sinceMs)}, {words(leg.status.toLowerCase()).toLowerCase()}
                </span>
                {endName(leg.from)} → {endName(leg.to)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
