/** Tries a connection string before it is used. */
import { useEffect, useState } from 'preact/hooks';
import type { ConnectionTest } from '../lib/api-types.ts';
import { words } from '../lib/format.ts';
import { post, put } from '../lib/http.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Field, Note } from '../ui/parts.tsx';

const PATIENCE_MS = 300;

export function ConnectionCard({ onSaved }: { onSaved: () => void }) {
  const [text, setText] = useState('');
  const [format, setFormat] = useState<ConnectionTest>();
  const [tested, setTested] = useState<ConnectionTest>();
  const [busy, once] = useOnce();
  useEffect(() => {
    setTested(undefined);
    setFormat(undefined);
    if (text === '') return;
    let left = false;
    const timer = setTimeout(async () => {
      const answer = await attempt(() =>
        post<ConnectionTest>('/api/stream/validate-connection', { connection_string: text }),
      );
      if (!left) setFormat(answer);
    }, PATIENCE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [text]);
  const body = text === '' ? {} : { connection_string: text };
  const test = async () => {
    setTested(undefined);
    setTested(await attempt(() => post<ConnectionTest>('/api/stream/test', body)));
  };
  const keep = async () => {
    const changes = { realtime: { azure_connection_string: text } };
    const answer = await attempt(() => put<{ message: string }>('/api/config', changes));
    if (answer === undefined) return;
    toast('good', answer.message);
    setText('');
    onSaved();
  };
  const shown = tested ?? format;
  return (
    <section class="card" aria-labelledby="connection-title">
      <header>
        <h2 id="connection-title">Connection of the stream</h2>
      </header>
      <p class="soft">
        Without any, the stream goes into a hub that is started on this machine. A connection string
        of Azure Event Hubs or of Microsoft Fabric sends it there.
      </p>
      <Field
        label="Connection string"
        hint="Empty tests what is configured already. It is never shown again."
        fault={format?.success === false ? format.message : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {shown?.success && (
        <Note tone="good">
          {shown.message}{' '}
          {Object.entries(shown.details)
            .map(([name, value]) => `${words(name)}: ${value}`)
            .join(' · ')}
        </Note>
      )}
      {tested?.success === false && <Note tone="bad">{tested.message}</Note>}
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={format?.success === false}
          aria-disabled={busy}
          onClick={() => once(test)}
        >
          {busy ? 'Connecting …' : 'Test the connection'}
        </button>
        <button
          type="button"
          class="button main-action"
          disabled={format?.success !== true}
          onClick={() => once(keep)}
        >
          Use it
        </button>
      </div>
    </section>
  );
}
