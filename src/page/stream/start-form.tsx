/** How the stream starts. */
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { EventTypes, Operation, StreamHealth, StreamSettings } from '../lib/api-types.ts';
import { faultsOf, post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { whyNotNow } from '../lib/readiness.ts';
import { begun } from '../lib/tasks.ts';
import { attempt } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { Field, Note, Segments } from '../ui/parts.tsx';
import { USUAL_CAP, whenEmpty } from './rate-cap-words.ts';
import { PACES } from './speeds.ts';
import { choose, startChoice, startRequest } from './start-choice.ts';

const CATCH_UPS = [
  { value: 'none', label: 'Leave it: the world’s clock continues where it stands' },
  { value: 'csv', label: 'Write it as tables first, then stream' },
  { value: 'stream', label: 'Stream it as fast as possible, then keep pace' },
];

export function StartForm({
  obstacle,
  title,
  onStart,
}: {
  /** Why the world can't continue. */
  obstacle: string | null;
  title: RefObject<HTMLHeadingElement | null>;
  onStart: () => void;
}) {
  const reason = obstacle ?? whyNotNow(live.value);
  const types = useResource<EventTypes>('/api/stream/event-types');
  const health = useResource<StreamHealth>('/api/stream/health');
  const settings = useResource<StreamSettings>('/api/stream/config');
  const { speed, rate, minutes, catchUp, alsoCsv, interval, burst, events } = startChoice.value;
  const destination = health.data?.checks.azure_config;
  const { emit_interval_ms, burst: usualBurst } = settings.data?.realtime ?? {};
  const intervalHalf = { typed: interval, configured: emit_interval_ms };
  const burstHalf = { typed: burst, configured: usualBurst };
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [busy, once] = useOnce();
  const start = async () => {
    setFaults({});
    const task = await attempt(() => begin().catch(blame));
    if (task !== undefined) await begun(task);
    onStart();
  };
  const begin = () => post<Operation>('/api/stream/start', startRequest(startChoice.value));
  // Also beside the fields, because the message uses the API's names.
  const blame = (error: unknown): never => {
    setFaults(faultsOf(error));
    throw error;
  };
  return (
    <section class="card" aria-labelledby="start-title">
      <header>
        <h2 id="start-title" ref={title} tabIndex={-1}>
          Start a stream
        </h2>
      </header>
      {destination !== undefined &&
        (destination.status === 'faulty' ? (
          <Note tone="bad">
            {destination.detail} <a href="#/config">Change it under Config</a>.
          </Note>
        ) : (
          <p class="soft">
            <strong>Goes to</strong> {destination.detail}{' '}
            <a href="#/config">{destination.status === 'local' ? 'Set another' : 'Change it'}</a>
          </p>
        ))}
      <div class="fields">
        <div class="field wide">
          <span class="label">Speed</span>
          <Segments
            label="Speed"
            options={PACES}
            value={speed}
            onChoose={(value) => choose({ speed: value })}
          />
          <div class="hint">
            {speed === 'max'
              ? 'As fast as this machine and the receiver can.'
              : speed === 'rate'
                ? 'As fast as this rate needs: slower during the day, far faster at night.'
                : `${speed} simulated ${speed === 1 ? 'second' : 'seconds'} each second.`}
          </div>
        </div>
        {speed === 'rate' && (
          <Field label="Events a second" fault={faults.rate}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                value={rate}
                onInput={(event) => choose({ rate: event.currentTarget.value })}
              />
            )}
          </Field>
        )}
        <Field
          label="Minutes"
          hint="If empty, it runs until it is stopped."
          fault={faults.duration_minutes}
        >
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={1}
              value={minutes}
              onInput={(event) => choose({ minutes: event.currentTarget.value })}
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
                  onChange={(event) => choose({ catchUp: event.currentTarget.value })}
                >
                  {CATCH_UPS.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {speed !== 'rate' && (
              <>
                <Field
                  label="Interval, ms"
                  hint={`With the next one: a cap on the rate at this speed. ${whenEmpty(intervalHalf, burstHalf, USUAL_CAP.intervalMs)}`}
                  fault={faults.emit_interval_ms}
                >
                  {(ids) => (
                    <input
                      {...ids}
                      type="number"
                      min={1}
                      value={interval}
                      onInput={(event) => choose({ interval: event.currentTarget.value })}
                    />
                  )}
                </Field>
                <Field
                  label="Most events in each interval"
                  hint={whenEmpty(burstHalf, intervalHalf, USUAL_CAP.burst)}
                  fault={faults.burst}
                >
                  {(ids) => (
                    <input
                      {...ids}
                      type="number"
                      min={1}
                      value={burst}
                      onInput={(event) => choose({ burst: event.currentTarget.value })}
                    />
                  )}
                </Field>
              </>
            )}
          </div>
          <label class="choice">
            <input
              type="checkbox"
              checked={alsoCsv}
              onChange={(event) => choose({ alsoCsv: event.currentTarget.checked })}
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
                      choose({
                        events: event.currentTarget.checked
                          ? [...events, type]
                          : events.filter((each) => each !== type),
                      })
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
