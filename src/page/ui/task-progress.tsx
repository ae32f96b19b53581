/** Progress of a long task: bar, tables, rate, time left, and a button to stop it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { short, span, words } from '../../domain/format.ts';
import { remove } from '../lib/http.ts';
import type { Task } from '../lib/api-types.ts';
import { tablesOf } from '../lib/task-tables.ts';
import { attempt } from '../lib/toasts.ts';
import { GoOn } from './go-on.tsx';
import { Badge, Meter, Note } from './parts.tsx';

const TONES = {
  pending: 'plain',
  running: 'plain',
  completed: 'good',
  failed: 'bad',
  cancelled: 'warn',
  interrupted: 'warn',
} as const;

function timeOf({ estimated_seconds_remaining, started_at, finished_at }: Task): string {
  if (finished_at !== null) return span(Date.parse(finished_at) - Date.parse(started_at));
  return estimated_seconds_remaining === null ? '–' : span(estimated_seconds_remaining * 1000);
}

export function TaskProgress({
  task,
  title,
  asked,
}: {
  task: Task;
  title: string;
  /** The task that was started here; the button pressed for it may be gone. */
  asked?: string | undefined;
}) {
  const running = task.status === 'running' || task.status === 'pending';
  const card = useRef<HTMLElement>(null);
  const cancelled = useRef(false);
  // Keyboard users continue here, in place of the button that was pressed.
  useLayoutEffect(() => {
    if (task.operation_id === asked) card.current?.focus();
  }, [task.operation_id, asked]);
  useLayoutEffect(() => {
    if (!running && cancelled.current) card.current?.focus();
    cancelled.current = false;
  }, [running]);
  const cancel = () => {
    cancelled.current = true;
    void attempt(() => remove(`/api/generate/cancel/${task.operation_id}`));
  };
  const tables = tablesOf(task);
  return (
    <section ref={card} class="card" tabIndex={-1} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <Badge tone={TONES[task.status]}>{task.status}</Badge>
      </header>
      <Meter share={task.progress} label={title} />
      <div class="row">
        <strong>{(task.progress * 100).toFixed(running ? 1 : 0)} %</strong>
        {task.error_message === null && <span class="soft">{task.message}</span>}
      </div>
      <dl class="stats">
        <div>
          <dt>Tables complete</dt>
          <dd>
            {tables.all === 0 ? '–' : tables.done}
            {tables.all > 0 && <small> of {tables.all}</small>}
            {tables.growing !== '' && <small class="below">{tables.growing}</small>}
          </dd>
        </div>
        <div>
          <dt>{running ? 'Time left' : 'Took'}</dt>
          <dd>{timeOf(task)}</dd>
        </div>
        {task.rows !== null && (
          <div>
            <dt>Rows</dt>
            <dd>{short(task.rows)}</dd>
          </div>
        )}
        {task.rows_per_second !== null && (
          <div>
            <dt>Rows per second</dt>
            <dd>{short(task.rows_per_second)}</dd>
          </div>
        )}
      </dl>
      {task.error_message !== null && <Note tone="bad">{task.error_message}</Note>}
      <GoOn task={task} />
      {running && task.tables_in_progress.length > 0 && (
        <p class="soft">Being written: {task.tables_in_progress.map(words).join(', ')}.</p>
      )}
      {running && (
        <div class="row">
          <button type="button" class="button" onClick={cancel}>
            Cancel
          </button>
          <span class="soft">
            Cancelling stops at a whole instant; the world stays consistent and can go on from
            there.
          </span>
        </div>
      )}
    </section>
  );
}
