/** Whether something can be started now. */
import type { LiveState } from './live-types.ts';

/** Why nothing can be started now, as text; undefined if it can. */
export function whyNotNow(
  state: Pick<LiveState, 'tasks' | 'otherProgram'> | null,
): string | undefined {
  if (state?.tasks.some(({ status }) => status === 'running')) {
    return 'Available when nothing else runs.';
  }
  if (state?.otherProgram != null) {
    return `Available when the other program, ${state.otherProgram}, has ended.`;
  }
  return undefined;
}
