/** Chooses how large the first world is: the sizes of a preset. */
import { useState } from 'preact/hooks';
import type { ConfigSchema } from '../config/fields.ts';
import { put, reasonOf } from '../lib/http.ts';
import { toast } from '../lib/toasts.ts';
import { useResource } from '../lib/use-resource.ts';
import { Field } from '../ui/parts.tsx';

/** Sizes that are no preset's: the user's own. */
const OWN = '';

export function PresetChoice({
  volume,
  disabled,
  onChosen,
}: {
  volume: Readonly<Record<string, number | null>>;
  disabled: boolean;
  onChosen: () => void;
}) {
  const schema = useResource<ConfigSchema>('/api/config/schema');
  const [busy, setBusy] = useState(false);
  const presets = schema.data?.presets ?? [];
  const now = presets.find((preset) => isSame(preset.volume, volume));
  const choose = async (name: string) => {
    const preset = presets.find((one) => one.name === name);
    if (preset === undefined) return;
    setBusy(true);
    try {
      await put('/api/config', { volume: preset.volume });
      onChosen();
    } catch (error) {
      toast('bad', reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Field label="Its size" hint={now?.about ?? 'As the config says.'}>
      {(ids) => (
        <select
          {...ids}
          value={now?.name ?? OWN}
          disabled={disabled || busy}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {now === undefined && <option value={OWN}>own</option>}
          {presets
            .filter(
              (preset, at) => presets.findIndex((one) => isSame(one.volume, preset.volume)) === at,
            )
            .map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}

function isSame(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
