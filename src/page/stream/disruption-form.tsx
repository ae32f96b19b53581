import { useState } from 'preact/hooks';
import type { CreatedDisruption } from '../lib/api-types.ts';
import {
  DISRUPTION_TYPES,
  disruptionLabel,
  type DisruptionType,
  isHitWholly,
} from '../lib/disruption-words.ts';
import { instant } from '../../domain/format.ts';
import { faultsOf, post } from '../lib/http.ts';
import { network } from '../lib/live.ts';
import { placeName, targetName, truckName } from '../lib/places.ts';
import { attempt } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Field } from '../ui/parts.tsx';
import {
  isNumbered,
  NUMBERED,
  targetChoices,
  targetFields,
  targetOf,
} from './disruption-target.ts';

const DURATIONS = [
  { minutes: 60, label: '1 hour' },
  { minutes: 240, label: '4 hours' },
  { minutes: 1440, label: '1 day' },
  { minutes: 4320, label: '3 days' },
  { minutes: 10_080, label: '1 week' },
];

/** Starts a disruption; its time is simulated time. */
export function DisruptionForm({ onCreate }: { onCreate: () => void }) {
  const [type, setType] = useState<DisruptionType>('dc_outage');
  const [place, setPlace] = useState('');
  const [number, setNumber] = useState('');
  const [severity, setSeverity] = useState(80);
  const [minutes, setMinutes] = useState(1440);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [made, setMade] = useState('');
  const [busy, once] = useOnce();
  const kind = DISRUPTION_TYPES.find((each) => each.type === type)!;
  const groups = targetChoices(kind.targets, network.value, { placeName, truckName });
  const values = groups.flatMap(({ choices }) => choices.map(({ value }) => value));
  const usual = values.find((value) => value.startsWith('dc:')) ?? 'all';
  const chosen = values.includes(place) ? place : usual;
  const target = targetOf(chosen, number);
  const isWhole = isHitWholly(target);
  const create = async (event: Event) => {
    event.preventDefault();
    await once(make);
  };
  const make = async () => {
    setFaults({});
    setMade('');
    const answer = await attempt(() =>
      post<CreatedDisruption>('/api/disruption/create', {
        disruption_type: type,
        ...targetFields(target),
        severity: isWhole ? 1 : severity / 100,
        duration_minutes: minutes,
      }).catch((error: unknown) => {
        setFaults(faultsOf(error));
        throw error;
      }),
    );
    if (answer === undefined) return;
    setMade(wordsOf(answer, `${disruptionLabel(type)}: ${targetName(target)}`));
    onCreate();
  };
  return (
    <form class="stack" onSubmit={create}>
      <div class="fields roomy">
        <Field label="What" hint={kind.effect}>
          {(ids) => (
            <select
              {...ids}
              value={type}
              onChange={(event) => setType(event.currentTarget.value as DisruptionType)}
            >
              {DISRUPTION_TYPES.map((each) => (
                <option key={each.type} value={each.type}>
                  {each.label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Where">
          {(ids) => (
            <select
              {...ids}
              value={chosen}
              onChange={(event) => setPlace(event.currentTarget.value)}
            >
              {groups.map(({ title, choices }) => {
                const options = choices.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ));
                return title === '' ? (
                  options
                ) : (
                  <optgroup key={title} label={title}>
                    {options}
                  </optgroup>
                );
              })}
            </select>
          )}
        </Field>
        {isNumbered(chosen) && (
          <Field
            label={`Number of the ${chosen}`}
            hint={`Its ID in the table of ${NUMBERED[chosen].table}, under Master data.`}
            fault={faults.target_id}
          >
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                required
                value={number}
                onInput={(event) => setNumber(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        {!isWhole && (
          <Field label={`How bad: ${severity} %`}>
            {(ids) => (
              <input
                {...ids}
                type="range"
                min={10}
                max={100}
                step={5}
                value={severity}
                onInput={(event) => setSeverity(Number(event.currentTarget.value))}
              />
            )}
          </Field>
        )}
        <Field label="How long" hint="In simulated time.">
          {(ids) => (
            <select
              {...ids}
              value={minutes}
              onChange={(event) => setMinutes(Number(event.currentTarget.value))}
            >
              {DURATIONS.map(({ minutes: length, label }) => (
                <option key={length} value={length}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div class="row">
        <button type="submit" class="button main-action" aria-disabled={busy}>
          Make it happen
        </button>
        {/* Shown here and not in the corner: a message there would cover the buttons that end disruptions. */}
        <span class="soft" role="status">
          {made}
        </span>
      </div>
    </form>
  );
}

function wordsOf({ active_until, message }: CreatedDisruption, what: string): string {
  return active_until === null ? message : `${what}, until ${instant(Date.parse(active_until))}.`;
}
