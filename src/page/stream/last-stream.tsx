/** What the last stream left: how it ended, and what is not delivered yet. */
import type { StreamStatus, Task } from '../lib/api-types.ts';
import { instant, whole } from '../../domain/format.ts';
import { GoOn } from '../ui/go-on.tsx';
import { Note } from '../ui/parts.tsx';
import { LedgerStats } from './ledger-stats.tsx';

export function LastStream({ task, status }: { task: Task; status: StreamStatus | undefined }) {
  const ledger = status?.ledger ?? null;
  const waiting = ledger?.inFlight ?? 0;
  return (
    <section class="card" aria-labelledby="last-title">
      <header>
        <h2 id="last-title">The last stream</h2>
      </header>
      {task.error_message === null ? (
        <p class="soft">{endOf(task, waiting)}</p>
      ) : (
        <Note tone="bad">The last stream ended: {task.error_message}</Note>
      )}
      <GoOn task={task} />
      {waiting > 0 && (
        <Note tone="warn">
          {waiting === 1 ? '1 event is' : `${whole(waiting)} events are`} not delivered yet. The
          next stream sends them first, with the same ids.
        </Note>
      )}
      {ledger !== null && <LedgerStats ledger={ledger} />}
    </section>
  );
}

function endOf({ status, message, simulated_time: reached }: Task, waiting: number): string {
  if (status !== 'completed' || reached === null) return message;
  const rest = waiting === 0 ? '; everything is delivered' : '';
  return `It came to ${instant(Date.parse(reached))}${rest}.`;
}
