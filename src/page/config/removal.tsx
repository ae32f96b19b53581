/** The progress of a removal, and what was removed. */
import { useEffect, useRef } from 'preact/hooks';
import type { Task } from '../lib/api-types.ts';
import { Meter, Note } from '../ui/parts.tsx';

/** It takes the focus of the dialog that was shown before. */
export function Removal({ task }: { task: Task | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} class="stack" role="status" tabIndex={-1}>
      <State task={task} />
    </div>
  );
}

function State({ task }: { task: Task | undefined }) {
  if (task?.status === 'completed') {
    return (
      <Note tone="good">
        {task.message} Begin another under <a href="#/master">Master data</a>.
      </Note>
    );
  }
  if (task?.status === 'failed') return <Note tone="bad">{task.message}</Note>;
  return (
    <>
      <span>{task?.message ?? 'Removing the world'} …</span>
      <Meter share={task?.progress ?? 0} label="Removing the world" />
    </>
  );
}
