/** Progress of a task's tables, from its message. */
import type { Task } from './api-types.ts';

export interface TablesDone {
  readonly done: number;
  readonly all: number;
  /** Fact tables grow and complete together: `21 more at 42 %`; empty if none grows. */
  readonly growing: string;
}

export function tablesOf(
  task: Pick<
    Task,
    | 'tables_completed'
    | 'tables_in_progress'
    | 'tables_remaining'
    | 'tables_failed'
    | 'table_progress'
  >,
): TablesDone {
  const { tables_completed, tables_in_progress, tables_remaining, tables_failed } = task;
  const lists = [tables_completed, tables_in_progress, tables_remaining, tables_failed];
  const all = lists.reduce((sum, { length }) => sum + length, 0);
  const share = task.table_progress[tables_in_progress[0]] ?? 0;
  const percent = Math.floor(Math.round(share * 1000) / 10);
  const growing = share > 0 ? `${tables_in_progress.length} more at ${percent} %` : '';
  return { done: tables_completed.length, all, growing };
}
