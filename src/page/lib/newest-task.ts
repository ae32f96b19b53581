/** Chooses which of several tasks is shown. */
import type { Task } from './api-types.ts';

/**
 * Returns the newest task of some kinds, without tasks of a world that was removed since.
 *
 * @param tasks in the order in which they were started; a later state of one follows an earlier one
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

/** Whether a task is worth showing: running, started here, or not completed. */
export function isShown(
  task: Pick<Task, 'operation_id' | 'status'>,
  asked: string | undefined,
): boolean {
  return task.status !== 'completed' || task.operation_id === asked;
}
