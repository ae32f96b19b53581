/** Whether a stream that was seen here has ended because its server ended. */
import { signal } from '@preact/signals';
import { ApiError, get } from './http.ts';
import type { Task } from './api-types.ts';
import { live } from './live.ts';

interface Health {
  readonly timestamp: string;
  readonly uptime_seconds: number;
}

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
  // A stream that ended by itself stays among the tasks for a while; only another server has not started it.
  if (id === undefined || stream?.operation_id === id) return;
  void ofThisServer(id).then((known) => {
    endedWithServer.value = !known;
  });
});

/** Whether the current server has started a task. */
async function ofThisServer(id: string): Promise<boolean> {
  try {
    const { started_at } = await get<Task>(`/api/tasks/${id}/status`);
    const { timestamp, uptime_seconds } = await get<Health>('/health');
    return Date.parse(started_at) >= Date.parse(timestamp) - uptime_seconds * 1000;
  } catch (error) {
    return !(error instanceof ApiError && error.problem.status === 404);
  }
}
