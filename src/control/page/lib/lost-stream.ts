/** Whether a stream that was seen here has ended because its server did. */
import { signal } from '@preact/signals';
import { ApiError, get } from './http.ts';
import { live } from './live.ts';

export const endedWithServer = signal(false);

let seen: string | undefined;

live.subscribe((state) => {
  if (state === null) return;
  const stream = state.tasks.findLast(({ kind }) => kind === 'streaming');
  if (stream?.status === 'running') {
    seen = stream.operation_id;
    endedWithServer.value = false;
    return;
  }
  const id = seen;
  seen = undefined;
  // One that ended by itself is among the tasks for a while; only another server has never heard of it.
  if (id === undefined || stream?.operation_id === id) return;
  get(`/api/tasks/${id}/status`).catch((error: unknown) => {
    if (error instanceof ApiError && error.problem.status === 404) endedWithServer.value = true;
  });
});
