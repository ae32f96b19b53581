/** Events that could not be delivered, and another try. */
import type { DeadLetterList, Operation } from '../lib/api-types.ts';
import { words } from '../lib/format.ts';
import { post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { begun, useTask } from '../lib/tasks.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { useEffect } from 'preact/hooks';
import { Badge } from '../ui/parts.tsx';

export function DeadLetters({ running }: { running: boolean }) {
  const letters = useResource<DeadLetterList>('/api/stream/dlq/events?limit=20');
  const lost = live.value?.ledger?.deadLettered ?? 0;
  const retry = useTask('dead-letters');
  // Each says when there may be others.
  useEffect(() => letters.reload(), [lost, running, retry?.status]);
  const [busy, once] = useOnce();
  if (letters.data === undefined || letters.data.total === 0) return null;
  const again = async () => {
    const answer = await attempt(() => post<Operation>('/api/stream/dlq/retry'));
    if (answer === undefined) return;
    toast('good', answer.message);
    await begun(answer);
  };
  return (
    <section class="card" aria-labelledby="letters-title">
      <header>
        <h2 id="letters-title">Dead letters</h2>
        <Badge tone="warn">{letters.data.total}</Badge>
      </header>
      <p class="soft">
        Events that the receiver would not take. They are kept, with the reason, until they are sent
        again.
      </p>
      <ul class="stack">
        {letters.data.events.map((letter) => (
          <li key={letter.event_id}>
            <strong>{letter.event_type}</strong> <span class="soft">{letter.event_id}</span>
            <div class="soft">
              {words(letter.category)} after {letter.attempts}{' '}
              {letter.attempts === 1 ? 'attempt' : 'attempts'}: {letter.reason}
            </div>
          </li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={running}
          aria-disabled={busy}
          onClick={() => once(again)}
        >
          Send them again
        </button>
        {running && <span class="soft">Possible when the stream has stopped.</span>}
      </div>
    </section>
  );
}
