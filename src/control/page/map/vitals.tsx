/** The network in a few figures. */
import { money, short, whole } from '../lib/format.ts';
import { disruptionLabel } from '../lib/disruption-words.ts';
import { isTimeLapse } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import type { StoreNow } from '../lib/live-types.ts';
import { targetName } from '../lib/places.ts';
import { Badge } from '../ui/parts.tsx';

function AtRest() {
  const mode = live.value?.clock.mode;
  return (
    <section class="vitals" aria-label="The network now">
      <h2>{mode === 'history' ? 'History is being written' : 'The world is at rest'}</h2>
      <p class="soft">
        {mode === 'history'
          ? 'The first of its days shows here in a moment.'
          : 'Stores, trucks and customers move while it is streamed.'}
      </p>
      {mode === 'idle' && (
        <p>
          <a class="button main-action" href="#/realtime">
            Start the stream
          </a>
        </p>
      )}
    </section>
  );
}

export function Vitals() {
  const state = live.value;
  if (state === null) return <p class="soft">Waiting for the server.</p>;
  const { stores, trucks, disruptions, rates } = state;
  const sum = (pick: (store: StoreNow) => number) =>
    stores.reduce((total, store) => total + pick(store), 0);
  const active = disruptions.filter(({ status }) => status === 'active');
  const moving = trucks.filter(({ departedMs }) => departedMs !== null).length;
  if (stores.length === 0) return <AtRest />;
  return (
    <section class="vitals" aria-label="The network now">
      <dl>
        <div>
          <dt>People in stores</dt>
          <dd>{whole(sum(({ occupancy }) => occupancy))}</dd>
        </div>
        <div>
          <dt>Stores open</dt>
          <dd>
            {sum(({ open }) => Number(open))} <small>of {stores.length}</small>
          </dd>
        </div>
        {!isTimeLapse(state) && (
          <div>
            <dt>Sales today</dt>
            <dd>{money(sum(({ salesCents }) => salesCents ?? 0))}</dd>
          </div>
        )}
        <div>
          <dt>Trucks driving</dt>
          <dd>{moving}</dd>
        </div>
        <div>
          <dt>Out of stock</dt>
          <dd>{whole(sum(({ stockouts }) => stockouts))}</dd>
        </div>
        <div>
          <dt>Facts per second</dt>
          <dd>{short(Math.max(rates.eventsPerSecond, rates.rowsPerSecond))}</dd>
        </div>
      </dl>
      {isTimeLapse(state) && (
        <p class="soft">
          A time-lapse of the history that is being written: moments of each region, most of them
          around noon.
        </p>
      )}
      {active.map(({ id, type, target, severity }) => (
        <div key={id} class="row">
          <Badge tone="warn">{Math.round(severity * 100)} %</Badge>
          <span>
            {disruptionLabel(type)}: {targetName(target)}
          </span>
        </div>
      ))}
    </section>
  );
}
