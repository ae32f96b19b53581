/** Settings change only while nothing runs with them. */
import type { Engine } from './engine/engine.ts';
import { Problem } from './problem.ts';

/** @throws Problem 409 that names the task that is under way */
export function requireRest({ runningTask }: Pick<Engine, 'runningTask'>): void {
  if (runningTask === undefined) return;
  throw new Problem(409, 'The config cannot change while something runs with it.', {
    taskId: runningTask.id,
  });
}
