/** What the server was doing when it ended: a button to continue it. */
import { useState } from 'preact/hooks';
import type { Operation, Task } from '../lib/api-types.ts';
import { post } from '../lib/http.ts';
import { begun } from '../lib/tasks.ts';
import { attempt } from '../lib/toasts.ts';

export function GoOn({ task }: { task: Task }) {
  const [asking, setAsking] = useState(false);
  if (!task.can_resume) return null;
  const goOn = async () => {
    setAsking(true);
    await attempt(async () =>
      begun(await post<Operation>(`/api/tasks/${task.operation_id}/resume`)),
    );
    setAsking(false);
  };
  return (
    <div class="row">
      <button type="button" class="button" disabled={asking} onClick={() => void goOn()}>
        Continue it
      </button>
    </div>
  );
}
