/** Generates history: which days, under which scenarios, and the cost of it. */
import { useEffect, useState } from 'preact/hooks';
import type { WorldStatus } from '../lib/api-types.ts';
import { counts } from '../lib/live.ts';
import { isShown } from '../lib/newest-task.ts';
import { useTask } from '../lib/tasks.ts';
import { useResource } from '../lib/use-resource.ts';
import { TableBrowser } from '../tables/table-browser.tsx';
import { Empty, Note } from '../ui/parts.tsx';
import { TaskProgress } from '../ui/task-progress.tsx';
import { RangeForm } from './range-form.tsx';

export function HistoricalTab() {
  const status = useResource<WorldStatus>('/api/generation/status');
  const task = useTask('historical');
  const [asked, setAsked] = useState<string>();
  const kept = counts.value;
  // Both tell when there is new data.
  useEffect(() => status.reload(), [kept, task?.status]);
  const running = task?.status === 'running' || task?.status === 'pending';
  return (
    <div class="page">
      <header>
        <h1>Historical</h1>
        <p>
          Simulates a range of days, as fast as this machine can, and writes what happened as
          tables. A later run continues exactly where the last one ended.
        </p>
      </header>
      {status.error !== undefined && <Note tone="bad">{status.error}</Note>}
      {task !== undefined && isShown(task, asked) && (
        <TaskProgress task={task} title="Generating history" asked={asked} />
      )}
      {status.data !== undefined && !running && (
        <RangeForm world={status.data} onStart={setAsked} />
      )}
      {status.data !== undefined && !status.data.has_historical_data && !running && (
        <Empty title="No facts yet">
          <p>
            Choose a range above and start. A few days of a small world take seconds; the tables
            then appear here.
          </p>
        </Empty>
      )}
      <TableBrowser kind="facts" />
    </div>
  );
}
