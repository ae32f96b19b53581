/** The last events, with what they carry. */
import { useState } from 'preact/hooks';
import type { RecentEvents as Events } from '../lib/api-types.ts';
import { useResource } from '../lib/use-resource.ts';
import { useEvery } from './use-every.ts';

const EVERY_MS = 2000;

export function RecentEvents() {
  const [held, setHeld] = useState(false);
  const [type, setType] = useState('');
  const recent = useResource<Events>('/api/stream/events/recent?limit=100');
  useEvery(held ? null : EVERY_MS, recent.reload);
  const events = recent.data?.events ?? [];
  const types = [...new Set(events.map(({ event_type }) => event_type))].sort();
  const shown = events.filter(({ event_type }) => type === '' || event_type === type).slice(-20);
  return (
    <section class="card" aria-labelledby="recent-title">
      <header>
        <h2 id="recent-title">Last events</h2>
        <div class="row">
          <label class="inline">
            <span class="out-of-sight">Event type</span>
            <select value={type} onChange={(event) => setType(event.currentTarget.value)}>
              <option value="">every type</option>
              {types.map((each) => (
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
      {shown.length === 0 ? (
        <p class="soft">None yet; they appear here as they are sent.</p>
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
