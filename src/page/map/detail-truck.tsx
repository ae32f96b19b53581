import { dayOfYear, minuteOf, span, whole, words } from '../../domain/format.ts';
import { instantOfTruck } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import type { End, PlaceKind, TruckNow } from '../lib/live-types.ts';
import { type Target, placeName } from '../lib/places.ts';
import { disruptionsOf, isBrokenDown, isOnTheRoad, shareOfWay } from '../lib/trucks.ts';
import { Badge, Meter } from '../ui/parts.tsx';
import { useTruckLegs } from './samples.ts';
import { Troubles } from './troubles.tsx';
import { type Way, waysOf } from './ways.ts';

/** Only the latest are shown. */
const WAYS = 6;

/** Returns the name of `dc:1`. */
function endName(end: string): string {
  const [kind, id] = end.split(':');
  return placeName(kind as PlaceKind, Number(id));
}

function arrivalOf(truck: TruckNow, nowMs: number): string {
  if (isBrokenDown(truck)) return 'not before it drives again';
  const { arrivesMs } = truck;
  if (arrivesMs === null) return '–';
  return arrivesMs > nowMs ? `in ${span(arrivesMs - nowMs)}` : 'now';
}

function LastWay({ way: { from, to, units, steps } }: { way: Way }) {
  const told = steps.map(({ status, atMs }, index) => {
    const isNewDay = index === 0 || dayOfYear(atMs) !== dayOfYear(steps[index - 1].atMs);
    const day = isNewDay ? `${dayOfYear(atMs)}, ` : '';
    return `${day}${minuteOf(atMs)} ${words(status.toLowerCase()).toLowerCase()}`;
  });
  return (
    <li>
      <span>
        {endName(from)} → {endName(to)}
      </span>
      <span class="soft">
        {told.join(' · ')}
        {units > 0 && ` · ${whole(units)} units`}
      </span>
    </li>
  );
}

export function TruckDetail({ id, onChoose }: { id: number; onChoose: (target: Target) => void }) {
  const state = live.value;
  const legs = useTruckLegs(id);
  const now = state?.trucks.find((each) => each.id === id);
  if (state === null || state.dcs.length === 0)
    return <p class="soft">Nothing is known of it just now; figures come with the stream.</p>;
  if (now === undefined) return <p class="soft">It is parked at its home just now.</p>;
  const nowMs = instantOfTruck(state, now) ?? 0;
  const { status, from, to, departedMs, arrivesMs, units } = now;
  const stands = isBrokenDown(now);
  const driven =
    departedMs === null || arrivesMs === null
      ? shareOfWay(now)
      : (nowMs - departedMs) / Math.max(1, arrivesMs - departedMs);
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
        <Badge tone={stands ? 'warn' : status === 'DELAYED' ? 'bad' : 'plain'}>
          {words(status.toLowerCase())}
        </Badge>
      </div>
      <Troubles list={disruptionsOf(state, now)} />
      <dl class="facts">
        <dt>From</dt>
        <dd>{place(from)}</dd>
        <dt>To</dt>
        <dd>{place(to)}</dd>
        <dt>On board</dt>
        <dd>{units > 0 ? `${whole(units)} units` : 'empty'}</dd>
        <dt>Arrives</dt>
        <dd>{arrivalOf(now, nowMs)}</dd>
      </dl>
      {isOnTheRoad(now) && <Meter share={driven} label="Part of the trip" />}
      {legs.length > 0 && (
        <>
          <h3>Its last ways</h3>
          <ul class="legs">
            {waysOf(legs)
              .slice(-WAYS)
              .toReversed()
              .map((way) => (
                <LastWay key={way.steps[0].atMs} way={way} />
              ))}
          </ul>
        </>
      )}
    </>
  );
}
