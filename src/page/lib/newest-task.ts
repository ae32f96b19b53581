/** Which of several tasks is to be shown. */
import type { Task } from './api-types.ts';

/**
 * The newest task of some kinds, and nothing of a world that was removed since.
 *
 * @param tasks in the order in which they were started; a later state of one comes after an earlier
 */
export function newestHere<Each extends Pick<Task, 'kind' | 'status'>>(
  tasks: readonly Each[],
  kinds: readonly string[],
): Each | undefined {
  const removed = tasks.findLastIndex(
    ({ kind, status }) => kind === 'clear' && status === 'completed',
  );
  const here = kinds.includes('clear') ? tasks : tasks.slice(removed + 1);
  return here.findLast(({ kind }) => kinds.includes(kind));
}

/** Whether a task is worth a place: under way, asked for here, or not come to its end. */
export function isShown(
  task: Pick<Task, 'operation_id' | 'status'>,
  asked: string | undefined,
): boolean {
  return task.status !== 'completed' || task.operation_id === asked;
}
