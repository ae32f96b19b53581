/** The network in a few figures. */
import { money, short, whole } from '../../domain/format.ts';
import { disruptionLabel, ORIGIN_WORDS } from '../lib/disruption-words.ts';
import { isTimeLapse } from '../lib/instants.ts';
import { live } from '../lib/live.ts';
import type { LiveState, StoreNow } from '../lib/live-types.ts';
import { type Target, namedIn, targetName } from '../lib/places.ts';
import { Badge } from '../ui/parts.tsx';

function NothingSeen({ clock, otherProgram }: LiveState) {
  const [title, text] = whyNothing(clock.mode, otherProgram);
  return (
    <section class="vitals" aria-label="The network now">
      <h2>{title}</h2>
      <p class="soft">{text}</p>
      {clock.mode === 'idle' && otherProgram === null && (
        <p>
          <a class="button main-action" href="#/realtime">
            Start the stream
          </a>
        </p>
      )}
    </section>
  );
}

function whyNothing(
  mode: LiveState['clock']['mode'],
  otherProgram: string | null,
): readonly [title: string, text: string] {
  if (mode === 'history') {
    return ['History is being written', 'Its first day appears here in a moment.'];
  }
  if (otherProgram !== null) {
    return [
      'Another program is running',
      `It is ${otherProgram}. Its results appear here once they are written.`,
    ];
  }
  return ['The world is at rest', 'Stores, trucks and customers move while it is streamed.'];
}

/** A problem; pressing it shows the place. */
function Trouble({ text, place, onChoose }: { text: string; place?: Target } & Choosing) {
  if (place === undefined) return <span>{text}</span>;
  return (
    <button type="button" class="as-link" onClick={() => onChoose(place)}>
      {text}
    </button>
  );
}

/** Each store counts from its own midnight; the beginning of the day may be unknown for some. */
function SalesToday({ stores }: { stores: readonly StoreNow[] }) {
  const known = stores.filter(({ salesCents }) => salesCents !== null);
  const cents = known.reduce((total, { salesCents }) => total + (salesCents ?? 0), 0);
  return (
    <div title="Since midnight, by the clock of each store">
      <dt>Sales today</dt>
      <dd>
        {known.length === 0 ? '–' : money(cents)}
        {known.length > 0 && known.length < stores.length && (
          <small>
            {' '}
            of {known.length} of {stores.length} stores
          </small>
        )}
      </dd>
    </div>
  );
}

interface Choosing {
  readonly onChoose: (target: Target) => void;
}

export function Vitals({ onChoose }: Choosing) {
  const state = live.value;
  if (state === null) return <p class="soft">Waiting for the server.</p>;
  const { stores, trucks, disruptions, rates } = state;
  const sum = (pick: (store: StoreNow) => number) =>
    stores.reduce((total, store) => total + pick(store), 0);
  const active = disruptions.filter(({ status }) => status === 'active');
  const moving = trucks.filter(({ departedMs }) => departedMs !== null).length;
  if (stores.length === 0) return <NothingSeen {...state} />;
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
        {!isTimeLapse(state) && <SalesToday stores={stores} />}
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
      {state.clock.mode === 'idle' && (
        <>
          <p class="soft">The world is at rest: this is how it stands, and goes on from.</p>
          <p>
            <a class="button main-action" href="#/realtime">
              Start the stream
            </a>
          </p>
        </>
      )}
      {active.map(({ id, type, target, origin, severity }) => (
        <div key={id} class="row">
          <Badge tone="warn">{Math.round(severity * 100)} %</Badge>
          <Trouble
            text={[`${disruptionLabel(type)}: ${targetName(target)}`, ORIGIN_WORDS[origin]]
              .filter((part) => part !== '')
              .join(', ')}
            place={namedIn(target).at(0)}
            onChoose={onChoose}
          />
        </div>
      ))}
    </section>
  );
}
