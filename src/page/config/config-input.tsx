import { whole, words } from '../../domain/format.ts';
import { Field } from '../ui/parts.tsx';
import type { ConfigField, FieldKind } from './fields.ts';
import { HINTS } from './hints.ts';

/** One setting: the input for its type, with the possible values. */
export function ConfigInput({
  field,
  text,
  byDefault,
  isSet,
  fault,
  onEdit,
}: {
  field: ConfigField;
  text: string;
  /** What "Back to the defaults" sets. */
  byDefault: string;
  /** Whether a value is saved, which a secret does not show. */
  isSet: boolean;
  fault: string | undefined;
  onEdit: (text: string) => void;
}) {
  const take = (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    onEdit(event.currentTarget.value);
  return (
    <Field label={words(field.key)} hint={hintOf(field, byDefault, isSet)} fault={fault}>
      {(ids) => {
        switch (field.kind) {
          case 'flag':
            return (
              <select {...ids} value={text} onChange={take}>
                <option value="true">yes</option>
                <option value="false">no</option>
              </select>
            );
          case 'day':
            return <input {...ids} type="date" value={text} onInput={take} />;
          case 'secret':
            return (
              <input {...ids} type="password" autocomplete="off" value={text} onInput={take} />
            );
          case 'text':
            return <input {...ids} type="text" spellcheck={false} value={text} onInput={take} />;
          default:
            return <input {...ids} inputMode="numeric" value={text} onInput={take} />;
        }
      }}
    </Field>
  );
}

function hintOf(
  { path, kind, minimum, maximum }: ConfigField,
  byDefault: string,
  isSet: boolean,
): string {
  const parts: string[] = [];
  const meaning = HINTS[path];
  if (minimum !== undefined && maximum !== undefined) {
    parts.push(`${whole(minimum)} to ${whole(maximum)}`);
  } else if (minimum !== undefined) parts.push(`at least ${whole(minimum)}`);
  if (kind === 'secret') parts.push(isSet ? 'one is saved, and never shown' : 'none is set');
  else if (byDefault !== '') parts.push(`${asShown(kind, byDefault)} by default`);
  const limits = parts.join('; ');
  if (meaning === undefined) return limits;
  return limits === '' ? meaning : `${meaning} (${limits})`;
}

function asShown(kind: FieldKind, text: string): string {
  if (kind === 'flag') return text === 'true' ? 'yes' : 'no';
  return kind === 'whole' || kind === 'number' ? Number(text).toLocaleString('en-US') : text;
}
