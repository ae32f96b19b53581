/** The config form: generated from the schema, and checked by the server while the user types. */
import { useEffect, useState } from 'preact/hooks';
import { words } from '../../domain/format.ts';
import { post, put } from '../lib/http.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { AskFirst } from '../ui/ask-first.tsx';
import { Note } from '../ui/parts.tsx';
import { ConfigInput } from './config-input.tsx';
import { edits as kept, forgetEdits } from './edits.ts';
import { faultWords } from './fault-words.ts';
import {
  type ConfigField,
  type ConfigSchema,
  type ShownConfig,
  changesOf,
  fieldsOf,
  textOf,
} from './fields.ts';

const PATIENCE_MS = 300;

interface Check {
  readonly valid: boolean;
  readonly message: string;
  readonly notes: readonly string[];
  readonly errors: readonly { readonly field: string; readonly detail: string }[];
}

export function ConfigForm({
  schema,
  shown,
  onSaved,
}: {
  schema: ConfigSchema;
  shown: ShownConfig;
  /** Shows the saved config. Until it is loaded, a field being edited would be compared with the old one. */
  onSaved: () => Promise<void>;
}) {
  const edits = kept.value;
  const [busy, once] = useOnce();
  const fields = fieldsOf(schema.schema);
  const changes = changesOf(fields, edits);
  const check = useCheck(edits.size === 0 ? null : changes);
  const faults = new Map(check?.errors.map(({ field, detail }) => [field, faultWords(detail)]));
  const edit = (field: ConfigField, text: string) => {
    const next = new Map(edits);
    if (text === textOf(shown, field)) next.delete(field.path);
    else next.set(field.path, text);
    kept.value = next;
  };
  const save = async () => {
    const answer = await attempt(() => put<{ message: string }>('/api/config', changes));
    if (answer === undefined) return;
    await attempt(onSaved);
    forgetEdits();
    toast('good', answer.message);
  };
  const reset = async () => {
    const answer = await attempt(() => post<{ message: string }>('/api/config/reset'));
    if (answer === undefined) return;
    await attempt(onSaved);
    forgetEdits();
    toast('good', answer.message);
  };
  const sections = [...new Set(fields.map(({ section }) => section))];
  const elsewhere =
    check?.valid === false && check.errors.every(({ field }) => !isShown(fields, field));
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void once(save);
      }}
      aria-label="Settings"
    >
      {sections.map((section) => {
        const own = fields.filter((field) => field.section === section);
        const fault = own.some(({ path }) => faults.has(path));
        return (
          <details key={section} open={section === '' || section === 'volume' || fault}>
            <summary>{TITLES[section] ?? words(section)}</summary>
            <div class="fields more">
              {own.map((field) => (
                <ConfigInput
                  key={field.path}
                  field={field}
                  text={edits.get(field.path) ?? textOf(shown, field)}
                  byDefault={textOf(schema.defaults, field)}
                  isSet={textOf(shown, field) !== ''}
                  fault={faults.get(field.path)}
                  onEdit={(text) => edit(field, text)}
                />
              ))}
            </div>
          </details>
        );
      })}
      {elsewhere && <Note tone="bad">{check.message}</Note>}
      {check?.notes.map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
      <div class="row">
        <button
          type="submit"
          class="button main-action"
          disabled={edits.size === 0 || check?.valid !== true}
          aria-disabled={busy}
        >
          Save {edits.size > 0 && (edits.size === 1 ? '1 change' : `${edits.size} changes`)}
        </button>
        <button type="button" class="button" disabled={edits.size === 0} onClick={forgetEdits}>
          Undo
        </button>
        <span class="grow" />
        {/* A connection string is among the fields, and nobody can see it to type it again. */}
        <AskFirst
          label="Back to the defaults …"
          keep="Keep them"
          go="Reset all settings"
          busy={busy}
          onGo={() => once(reset)}
        />
      </div>
      <p class="soft" role="status">
        {edits.size === 0 ? 'Nothing changed.' : verdictOf(check)}
      </p>
    </form>
  );
}

function verdictOf(check: Check | undefined): string {
  if (check === undefined) return 'Checking …';
  if (!check.valid) return 'Some settings are invalid.';
  return check.notes.length === 0
    ? 'These settings are valid.'
    : 'They can be saved, but the existing world cannot continue with them.';
}

const TITLES: Readonly<Record<string, string>> = {
  '': 'The world',
  volume: 'Size of the world',
  realtime: 'Delivery of the stream',
  stream: 'Event hub',
  historical: 'History',
  performance: 'Machine',
};

function isShown(fields: readonly ConfigField[], path: string): boolean {
  return fields.some((field) => field.path === path);
}

/** Asks the server shortly after the last change; undefined while the answer is unknown. */
function useCheck(changes: Readonly<Record<string, unknown>> | null): Check | undefined {
  const [answer, setAnswer] = useState<{ of: string; check: Check }>();
  const text = changes === null ? null : JSON.stringify(changes);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(async () => {
      const check = await attempt(() => post<Check>('/api/config/validate', JSON.parse(text)));
      if (check !== undefined) setAnswer({ of: text, check });
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return answer !== undefined && answer.of === text ? answer.check : undefined;
}
