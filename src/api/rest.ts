/** Settings can only be changed while no task runs. */
import type { Engine } from './engine/engine.ts';
import { Problem } from './problem.ts';

/** Throws Problem 409 naming the running task. */
export function requireRest({ runningTask }: Pick<Engine, 'runningTask'>): void {
  if (runningTask === undefined) return;
  throw new Problem(409, 'The config cannot be changed while a task runs.', {
    taskId: runningTask.id,
  });
}
