/** Events that could not be delivered, and a button to retry them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeadLetterList, Operation, StreamHealth, Task } from '../lib/api-types.ts';
import { whole, words } from '../../domain/format.ts';
import { post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { begun, useTask } from '../lib/tasks.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { Badge, Note } from '../ui/parts.tsx';

const STEP = 20;
/** As many as the API lists at once. */
const MOST = 500;

export function DeadLetters({ running }: { running: boolean }) {
  const [limit, setLimit] = useState(STEP);
  const letters = useResource<DeadLetterList>(`/api/stream/dlq/events?limit=${limit}`);
  const health = useResource<StreamHealth>('/api/stream/health');
  const lost = live.value?.ledger?.deadLettered ?? 0;
  const retry = useTask('dead-letters');
  // Each tells when the list may have changed.
  useEffect(() => letters.reload(), [lost, running, retry?.status]);
  useEffect(() => health.reload(), [running]);
  const [busy, once] = useOnce();
  const asked = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (retry?.status !== 'completed' || retry.operation_id !== asked.current) return;
    asked.current = undefined;
    // The card disappears with the last letter; the result is shown beside it.
    toast('good', retry.message);
  }, [retry?.status]);
  if (letters.data === undefined || letters.data.total === 0) return null;
  const { events, total } = letters.data;
  const hasNoHub = health.data?.checks.azure_config.status === 'local';
  const isUnderWay = retry?.status === 'running';
  const again = async () => {
    const answer = await attempt(() => post<Operation>('/api/stream/dlq/retry'));
    if (answer === undefined) return;
    if (running) {
      // The stream retried them itself: there is no task to follow.
      toast('good', answer.message);
      letters.reload();
      return;
    }
    asked.current = answer.operation_id ?? undefined;
    await begun(answer);
  };
  return (
    <section class="card" aria-labelledby="letters-title">
      <header>
        <h2 id="letters-title">Dead letters</h2>
        <Badge tone="warn">{whole(total)}</Badge>
      </header>
      <p class="soft">
        Events that the receiver refused. They are kept, with the reason, until they are sent again.
        {events.length < total &&
          ` These are the ${whole(events.length)} newest of ${whole(total)}.`}
      </p>
      <ul class="stack">
        {events.map((letter) => (
          <li key={letter.event_id}>
            <strong>{letter.event_type}</strong> <span class="soft">{letter.event_id}</span>
            <div class="soft">
              {words(letter.category)} after {letter.attempts}{' '}
              {letter.attempts === 1 ? 'attempt' : 'attempts'}: {letter.reason}
            </div>
          </li>
        ))}
      </ul>
      {retry !== undefined && <Outcome task={retry} />}
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={!running && hasNoHub}
          aria-disabled={busy || isUnderWay}
          onClick={() => once(again)}
        >
          Send them again
        </button>
        {events.length < total && events.length < MOST && (
          <button
            type="button"
            class="button"
            onClick={() => setLimit(Math.min(MOST, limit + STEP))}
          >
            Show more
          </button>
        )}
        <span class="soft">{whyNot(running, hasNoHub)}</span>
      </div>
    </section>
  );
}

function whyNot(running: boolean, hasNoHub: boolean) {
  if (running || !hasNoHub) return null;
  return (
    <>
      There is nobody to send them to: the hub on this machine ends with the stream.{' '}
      <a href="#/config">Set a connection</a> first.
    </>
  );
}

/** The result of the last retry. */
function Outcome({ task }: { task: Task }) {
  if (task.status === 'failed') {
    return (
      <Note tone="bad" alert>
        They could not be sent: {task.error_message}
      </Note>
    );
  }
  return <Note>{task.message}</Note>;
}
