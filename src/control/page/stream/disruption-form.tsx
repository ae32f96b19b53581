import { useState } from 'preact/hooks';
import { DISRUPTION_TYPES, type DisruptionType } from '../lib/disruption-words.ts';
import { post } from '../lib/http.ts';
import { network } from '../lib/live.ts';
import { placeName, truckName } from '../lib/places.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Field } from '../ui/parts.tsx';

const DURATIONS = [
  { minutes: 60, label: '1 hour' },
  { minutes: 240, label: '4 hours' },
  { minutes: 1440, label: '1 day' },
  { minutes: 4320, label: '3 days' },
  { minutes: 10_080, label: '1 week' },
];

/** Makes one; its time is that of the simulation. */
export function DisruptionForm({ onCreate }: { onCreate: () => void }) {
  const [type, setType] = useState<DisruptionType>('dc_outage');
  const [target, setTarget] = useState('');
  const [severity, setSeverity] = useState(80);
  const [minutes, setMinutes] = useState(1440);
  const [busy, once] = useOnce();
  const world = network.value;
  const kind = DISRUPTION_TYPES.find((each) => each.type === type)!;
  const targets = [
    ...(world?.dcs.map(({ id }) => ({ value: `dc:${id}`, label: placeName('dc', id) })) ?? []),
    { value: 'all', label: 'the whole network' },
    ...(kind.trucks
      ? (world?.trucks.map(({ id }) => ({ value: `truck:${id}`, label: truckName(id) })) ?? [])
      : []),
  ];
  const chosen = targets.some(({ value }) => value === target) ? target : targets[0].value;
  const create = async (event: Event) => {
    event.preventDefault();
    await once(make);
  };
  const make = async () => {
    const [targetKind, targetId] = chosen.split(':');
    const answer = await attempt(() =>
      post<{ message: string }>('/api/disruption/create', {
        disruption_type: type,
        ...(targetId !== undefined && { target_kind: targetKind, target_id: Number(targetId) }),
        severity: severity / 100,
        duration_minutes: minutes,
      }),
    );
    if (answer === undefined) return;
    toast('good', answer.message);
    onCreate();
  };
  return (
    <form class="stack" onSubmit={create}>
      <div class="fields">
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
              onChange={(event) => setTarget(event.currentTarget.value)}
            >
              {targets.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
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
        <Field label="How long" hint="In the time of the world.">
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
      </div>
    </form>
  );
}
