/** The last events, with their content. */
import { useState } from 'preact/hooks';
import type { EventTypes, RecentEvents as Events } from '../lib/api-types.ts';
import { link, live } from '../lib/live.ts';
import { useResource } from '../lib/use-resource.ts';
import { useEvery } from './use-every.ts';
import { useLast } from './use-last.ts';

const EVERY_MS = 2000;
const SHOWN = 20;

export function RecentEvents() {
  const [held, setHeld] = useState(false);
  const [type, setType] = useState('');
  const types = useResource<EventTypes>('/api/stream/event-types');
  const recent = useResource<Events>(
    `/api/stream/events/recent?limit=${SHOWN}${type === '' ? '' : `&type=${type}`}`,
  );
  const isLost = link.value === 'lost';
  useEvery(held || isLost ? null : EVERY_MS, recent.reload);
  const events = useLast(recent.data)?.events ?? [];
  // Those of the previous type stay until the answer arrives.
  const shown = events.filter(({ event_type }) => type === '' || event_type === type);
  const breaker = live.value?.breaker ?? 'closed';
  return (
    <section class="card" aria-labelledby="recent-title">
      <header>
        <h2 id="recent-title">Last events</h2>
        <div class="row">
          <label class="inline">
            <span class="out-of-sight">Event type</span>
            <select value={type} onChange={(event) => setType(event.currentTarget.value)}>
              <option value="">every type</option>
              {types.data?.event_types.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="button small"
            aria-pressed={held}
            onClick={() => setHeld(!held)}
          >
            {held ? 'Follow' : 'Hold'}
          </button>
        </div>
      </header>
      {isLost ? (
        <p class="soft">The server does not answer: these are the last that it has told.</p>
      ) : (
        breaker !== 'closed' && (
          <p class="soft">
            The receiver is not accepting events: the newest of these are generated but not sent
            yet.
          </p>
        )
      )}
      {shown.length === 0 ? (
        !isLost && <p class="soft">{noneYet(type)}</p>
      ) : (
        <ul class="events">
          {shown.toReversed().map((event) => (
            <li key={event.event_id}>
              <details onToggle={(toggled) => toggled.currentTarget.open && setHeld(true)}>
                <summary>
                  <time>{event.event_timestamp.slice(11, 19)}</time> {event.event_type}{' '}
                  <span class="soft">{event.partition_key}</span>
                </summary>
                <pre class="payload">{JSON.stringify(event, null, 2)}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function noneYet(type: string): string {
  return type === ''
    ? 'None yet; they appear here as they are generated.'
    : `There was no ${type} in this stream yet; the next one appears here.`;
}
