/** Tests a connection string before it is used. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionTest } from '../lib/api-types.ts';
import { words } from '../../domain/format.ts';
import { post, put } from '../lib/http.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { AskFirst } from '../ui/ask-first.tsx';
import { Field, Note } from '../ui/parts.tsx';
import type { ConfigValues } from './fields.ts';

const PATIENCE_MS = 300;

/** The config's value if nothing is configured: the hub on this machine. */
const LOCAL = { azure_connection_string: '', azure_namespace: null, use_keyvault: false };

export function ConnectionCard({
  shown: config,
  onSaved,
}: {
  shown: ConfigValues | undefined;
  onSaved: () => Promise<void>;
}) {
  const input = useRef<HTMLInputElement>(null);
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
  const configure = async (realtime: ConfigValues) => {
    const answer = await attempt(() => put<{ message: string }>('/api/config', { realtime }));
    if (answer === undefined) return;
    await attempt(onSaved);
    setText('');
    setTested(undefined);
    toast('good', answer.message);
    // The pressed button is gone or disabled.
    input.current?.focus();
  };
  const configured = isConfigured(config?.realtime as ConfigValues | undefined);
  const shown = tested ?? format;
  return (
    <section class="card" aria-labelledby="connection-title">
      <header>
        <h2 id="connection-title">Connection of the stream</h2>
      </header>
      <p class="soft">
        Without a connection, the stream goes to a hub that is started on this machine. A connection
        string of Azure Event Hubs or of Microsoft Fabric sends it there.{' '}
        {configured ? 'One is configured.' : 'None is in the config.'}
      </p>
      <Field
        label="Connection string"
        hint="Leave it empty to test the configured one. It is never shown again."
        fault={format?.success === false ? format.message : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            ref={input}
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
      {tested?.is_configured === false && (
        <Note>
          No event hub is configured, and none is needed: the stream goes into a hub on this
          machine.
        </Note>
      )}
      {tested?.success === false && tested.is_configured !== false && (
        <Note tone="bad">{tested.message}</Note>
      )}
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
          onClick={() => once(() => configure({ azure_connection_string: text }))}
        >
          Use it
        </button>
        {configured && (
          <>
            <span class="grow" />
            {/* Nobody can see it to type it again. */}
            <AskFirst
              label="Back to the hub on this machine …"
              keep="Keep the configured one"
              go="Remove it and use this machine"
              busy={busy}
              onGo={() => once(() => configure(LOCAL))}
            />
          </>
        )}
      </div>
    </section>
  );
}

function isConfigured(realtime: ConfigValues = LOCAL): boolean {
  return Object.entries(LOCAL).some(([key, local]) => (realtime[key] ?? local) !== local);
}
