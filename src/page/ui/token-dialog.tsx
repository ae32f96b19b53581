/** Asks for the token if the server is open to other machines. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { needsToken, rememberToken } from '../lib/http.ts';
import { reconnections } from '../lib/live.ts';
import { Field } from './parts.tsx';

export function TokenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState('');
  const [tried, setTried] = useState(false);
  const needed = needsToken.value;
  useEffect(() => {
    if (needed) dialog.current?.showModal();
    else dialog.current?.close();
  }, [needed]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="token-title"
      // Without the token nothing else on the page works, so Escape does not close it.
      onClose={() => needsToken.value && dialog.current?.showModal()}
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          rememberToken(token.trim());
          setToken('');
          setTried(true);
          reconnections.value++;
        }}
      >
        <h2 id="token-title">This server requires a token</h2>
        <p class="soft">
          It is open to other machines. The token is what SIM_API_TOKEN was set to when the server
          was started; it is kept until this browser tab is closed.
        </p>
        <Field
          label="Token"
          fault={
            needed && tried && token === '' ? 'The server did not accept this token.' : undefined
          }
        >
          {(ids) => (
            <input
              {...ids}
              type="password"
              autocomplete="off"
              required
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="row">
          <button class="button main-action" type="submit">
            Continue
          </button>
        </div>
      </form>
    </dialog>
  );
}
