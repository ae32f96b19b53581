/** Removes the world, with a confirmation. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClearChallenge, Operation } from '../lib/api-types.ts';
import { bytes, whole } from '../../domain/format.ts';
import { post, remove } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { whyNotNow } from '../lib/readiness.ts';
import { useTask } from '../lib/tasks.ts';
import { attempt } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Field } from '../ui/parts.tsx';
import { Removal } from './removal.tsx';

export function DangerZone() {
  const [challenge, setChallenge] = useState<ClearChallenge>();
  const [begun, setBegun] = useState<string | null>(null);
  const task = useTask('clear');
  const notNow = whyNotNow(live.value);
  const [, once] = useOnce();
  const ask = async () => {
    setChallenge(await attempt(() => post<ClearChallenge>('/api/generation/clear/challenge')));
  };
  return (
    <section class="card danger-zone" aria-labelledby="danger-title">
      <header>
        <h2 id="danger-title">Danger zone</h2>
      </header>
      <p class="soft">
        Removes this world: master data, facts, checkpoints, the record of the stream. Files that
        this program did not write stay. You can only get it back by generating it again from the
        same seed and config.
      </p>
      <div class="row">
        <button
          type="button"
          class="button danger"
          disabled={notNow !== undefined}
          onClick={() => once(ask)}
        >
          Remove this world …
        </button>
        {notNow !== undefined && <span class="soft">{notNow}</span>}
      </div>
      {challenge !== undefined && (
        <Confirm challenge={challenge} onBegin={setBegun} onClose={() => setChallenge(undefined)} />
      )}
      {begun !== null && (
        <Removal key={begun} task={task?.operation_id === begun ? task : undefined} />
      )}
    </section>
  );
}

function Confirm({
  challenge,
  onBegin,
  onClose,
}: {
  challenge: ClearChallenge;
  onBegin: (id: string | null) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [phrase, setPhrase] = useState('');
  const [count, setCount] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const [, once] = useOnce();
  const fits = phrase === challenge.phrase && Number(count) === challenge.files && count !== '';
  const clear = async () => {
    const answer = await attempt(() =>
      remove<Operation>('/api/generation/clear', {
        challenge: challenge.challenge,
        phrase,
        files: Number(count),
      }),
    );
    // It returns the focus to the button that opened it; the next element takes the focus from there.
    dialog.current?.close();
    onBegin(answer?.operation_id ?? null);
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void once(clear);
        }}
      >
        <h2 id="confirm-title">Remove this world?</h2>
        <p>
          <strong>{whole(challenge.files)}</strong> files with {bytes(challenge.bytes)} would go
          {challenge.kept > 0 && `; ${whole(challenge.kept)} of other programs would stay`}.
        </p>
        <Field
          label={`Type “${challenge.phrase}”`}
          fault={
            phrase !== '' && !challenge.phrase.startsWith(phrase) ? 'Not the same.' : undefined
          }
        >
          {(ids) => (
            <input
              {...ids}
              autocomplete="off"
              value={phrase}
              onInput={(event) => setPhrase(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Type the number of files to remove">
          {(ids) => (
            <input
              {...ids}
              inputMode="numeric"
              autocomplete="off"
              value={count}
              onInput={(event) => setCount(event.currentTarget.value.replaceAll(',', ''))}
            />
          )}
        </Field>
        <div class="row">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Keep it
          </button>
          <button type="submit" class="button danger" disabled={!fits}>
            Remove the world
          </button>
        </div>
      </form>
    </dialog>
  );
}
