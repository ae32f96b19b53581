/** How the stream begins. */
import { useState } from 'preact/hooks';
import type { EventTypes, Operation } from '../lib/api-types.ts';
import { faultsOf, post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { whyNotNow } from '../lib/readiness.ts';
import { begun } from '../lib/tasks.ts';
import { attempt } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { Field, Segments } from '../ui/parts.tsx';
import { SPEEDS, type Speed } from './speeds.ts';

const CATCH_UPS = [
  { value: 'none', label: 'Leave it: the clock of the world goes on where it stands' },
  { value: 'csv', label: 'Write it as tables first, then stream' },
  { value: 'stream', label: 'Stream it as fast as possible, then keep pace' },
];

export function StartForm({
  obstacle,
  onStart,
}: {
  /** Why the world can't go on. */
  obstacle: string | null;
  onStart: () => void;
}) {
  const reason = obstacle ?? whyNotNow(live.value);
  const types = useResource<EventTypes>('/api/stream/event-types');
  const [speed, setSpeed] = useState<Speed>(60);
  const [minutes, setMinutes] = useState('');
  const [catchUp, setCatchUp] = useState('none');
  const [alsoCsv, setAlsoCsv] = useState(false);
  const [interval, setInterval] = useState('');
  const [burst, setBurst] = useState('');
  const [events, setEvents] = useState<readonly string[]>([]);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [busy, once] = useOnce();
  const start = async () => {
    setFaults({});
    const task = await attempt(() => begin().catch(blame));
    if (task !== undefined) await begun(task);
    onStart();
  };
  const begin = () =>
    post<Operation>('/api/stream/start', {
      speed,
      catch_up: catchUp,
      also_csv: alsoCsv,
      ...(minutes !== '' && { duration_minutes: Number(minutes) }),
      ...(interval !== '' && { emit_interval_ms: Number(interval) }),
      ...(burst !== '' && { burst: Number(burst) }),
      ...(events.length > 0 && { events }),
    });
  // Beside the fields as well: the message names them as the API does.
  const blame = (error: unknown): never => {
    setFaults(faultsOf(error));
    throw error;
  };
  return (
    <section class="card" aria-labelledby="start-title">
      <header>
        <h2 id="start-title">Start a stream</h2>
      </header>
      <div class="fields">
        <div class="field wide">
          <span class="label">Speed</span>
          <Segments label="Speed" options={SPEEDS} value={speed} onChoose={setSpeed} />
          <div class="hint">
            {speed === 'max'
              ? 'As fast as this machine and the receiver can.'
              : `${speed} simulated ${speed === 1 ? 'second' : 'seconds'} each second.`}
          </div>
        </div>
        <Field
          label="Minutes"
          hint="It goes on until it is stopped, if left empty."
          fault={faults.duration_minutes}
        >
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={1}
              value={minutes}
              onInput={(event) => setMinutes(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <details>
        <summary>More</summary>
        <div class="stack more">
          <div class="fields">
            <Field label="The time between the end of the history and now">
              {(ids) => (
                <select
                  {...ids}
                  value={catchUp}
                  onChange={(event) => setCatchUp(event.currentTarget.value)}
                >
                  {CATCH_UPS.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field
              label="Interval, ms"
              hint="With the next one: a cap on the rate."
              fault={faults.emit_interval_ms}
            >
              {(ids) => (
                <input
                  {...ids}
                  type="number"
                  min={1}
                  value={interval}
                  onInput={(event) => setInterval(event.currentTarget.value)}
                />
              )}
            </Field>
            <Field label="Events in each interval, at most" fault={faults.burst}>
              {(ids) => (
                <input
                  {...ids}
                  type="number"
                  min={1}
                  value={burst}
                  onInput={(event) => setBurst(event.currentTarget.value)}
                />
              )}
            </Field>
          </div>
          <label class="choice">
            <input
              type="checkbox"
              checked={alsoCsv}
              onChange={(event) => setAlsoCsv(event.currentTarget.checked)}
            />
            <span>
              Write the tables as well
              <small>The files then keep up with the stream.</small>
            </span>
          </label>
          <fieldset class="stack">
            <legend class="legend">
              Event types <span class="soft">all of them if none is chosen</span>
            </legend>
            <div class="chips">
              {types.data?.event_types.map((type) => (
                <label key={type} class="chip">
                  <input
                    type="checkbox"
                    checked={events.includes(type)}
                    onChange={(event) =>
                      setEvents(
                        event.currentTarget.checked
                          ? [...events, type]
                          : events.filter((each) => each !== type),
                      )
                    }
                  />
                  {type}
                </label>
              ))}
            </div>
          </fieldset>
        </div>
      </details>
      <div class="row">
        <button
          type="button"
          class="button main-action"
          disabled={reason !== undefined}
          aria-disabled={busy}
          onClick={() => once(start)}
        >
          Start the stream
        </button>
        {reason !== undefined && <span class="soft grow">{reason}</span>}
      </div>
    </section>
  );
}
