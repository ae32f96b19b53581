/**
 * Tasks in a file of the world's folder, for the next server: after a crash it can show the task that was under way
 * and its progress, and continue it.
 *
 * The small file is written when a task begins, every ten seconds, and when it ends. The progress of an interrupted
 * task is not read from there but from the world itself.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { formatInstant } from '../engine/time.ts';
import type { WorldPaths } from '../store/paths.ts';
import { removeIfEmpty } from '../store/world-files.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import type { Job } from './engine/messages.ts';
import { Problem } from './problem.ts';
import { TASK, TASK_KINDS, type TaskKind, type TaskView } from './shapes/task.ts';
import type { Task, Tasks } from './tasks.ts';

const KEEP_EVERY_MS = 10_000;
const MOST = 20;

const RECORD = z.object({
  view: TASK,
  /** The request without the settings, which may contain secrets and may have changed since. */
  job: z.looseObject({ kind: z.enum(TASK_KINDS), scenarios: z.array(z.string()) }),
  /** Simulated instant at which it began, epoch ms. */
  fromMs: z.int().nullable(),
  /** Id of the task that continued it. */
  resumedBy: z.string().nullable(),
});
type Kept = z.infer<typeof RECORD>;

export interface KeptTasksOptions {
  readonly paths: () => WorldPaths;
  readonly tasks: Tasks;
  /** Returns begin and end of the history, epoch ms; undefined if there is no world, or it is damaged. */
  readonly history: () => { readonly startMs: number; readonly committedMs: number } | undefined;
  /** Returns the end of the world, including its stream, epoch ms. */
  readonly reachedMs: () => number | null;
  /** Returns a description of another program that uses the world. */
  readonly otherProgram: () => string | undefined;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
}

export class KeptTasks {
  private readonly options: KeptTasksOptions;
  private keptMs = Number.NEGATIVE_INFINITY;
  private read: { readonly mark: string; readonly records: readonly Kept[] } | undefined;

  constructor(options: KeptTasksOptions) {
    this.options = options;
  }

  /** Stores the state of a task of this server: at its begin and end, and every ten seconds. */
  keep(task: Task, job: Job): void {
    // This task removes the file with the world.
    if (job.kind === 'clear') return;
    const { nowMs, history } = this.options;
    const known = this.records.find(({ view }) => view.task_id === task.id);
    if (known !== undefined && !task.isOver && nowMs() - this.keptMs < KEEP_EVERY_MS) return;
    this.keptMs = nowMs();
    // Settings may contain secrets; `tills` is only valid in this process.
    const { settings: _settings, ...all } = job;
    const asked = { ...all, tills: undefined };
    const { view } = task;
    const fromMs = known === undefined ? (history()?.committedMs ?? null) : known.fromMs;
    const others = this.records.filter((record) => record !== known);
    // A failed task must not leave a file in a folder without a world.
    const leavesNothing = view.status === 'failed' && history() === undefined;
    this.write(
      leavesNothing
        ? others
        : [...others, { view, job: JSON.parse(jobText(asked)), fromMs, resumedBy: null }],
    );
  }

  /** All tasks of earlier servers, the oldest first. */
  get past(): TaskView[] {
    const { tasks } = this.options;
    return this.records
      .filter(({ view }) => tasks.find(view.task_id) === undefined)
      .map((record) => this.viewOf(record));
  }

  find(id: string): TaskView | undefined {
    return this.past.find(({ task_id }) => task_id === id);
  }

  /** Returns the newest task of these kinds if it was interrupted and none of them was begun since. */
  interrupted(...kinds: readonly TaskKind[]): TaskView | undefined {
    if (this.options.tasks.latest(...kinds) !== undefined) return undefined;
    const last = this.past.findLast(({ kind }) => kinds.includes(kind));
    return last?.can_resume === true ? last : undefined;
  }

  /** Returns the request of a task that can be continued. @throws Problem 404, 409 */
  jobOf(id: string): Omit<Job, 'settings'> {
    const view = this.get(id);
    const record = this.records.find((each) => each.view.task_id === id);
    if (record === undefined || !view.can_resume) {
      throw new Problem(409, `The task ${id} cannot be continued: it is ${view.status}.`);
    }
    const job = JSON.parse(JSON.stringify(record.job), revived) as Omit<Job, 'settings'>;
    return continued(job, record, this.options.history()?.committedMs);
  }

  /** Called when a task continues an interrupted one. */
  resumed(id: string, by: Task): void {
    this.change(id, (record) => ({ ...record, resumedBy: by.id }));
  }

  /** Discards the offer to continue an interrupted task. @returns false if there is no such task */
  leave(id: string): boolean {
    if (this.find(id)?.can_resume !== true) return false;
    const finished_at = formatInstant(this.options.nowMs());
    this.change(id, (record) => ({
      ...record,
      view: {
        ...this.viewOf(record),
        status: 'cancelled',
        can_resume: false,
        finished_at,
        message: `It was interrupted, and is not continued. ${this.reachedWords(record)}`,
      },
    }));
    return true;
  }

  /** @throws Problem 404 */
  get(id: string): TaskView {
    const view = this.options.tasks.find(id)?.view ?? this.find(id);
    if (view !== undefined) return view;
    throw new Problem(404, 'There is no task with this id, or it ended long ago.', {
      errors: [
        { field: 'operation_id', detail: 'expected the id from the answer that started it' },
      ],
    });
  }

  private viewOf(record: Kept): TaskView {
    const { view, resumedBy, job } = record;
    if (view.finished_at !== null) return view;
    const other = this.options.otherProgram();
    // The task may belong to the other program: its state is known when that program ends.
    if (other !== undefined) {
      return {
        ...view,
        message: `${view.message} (another program, ${other}, is using the world)`,
      };
    }
    const end = endOf(record);
    const reachedMs = this.reachedMs(record);
    if (end !== undefined && reachedMs !== null && reachedMs >= end) {
      const message = `It has reached its end, ${formatInstant(end)}.`;
      return { ...over(view), status: 'completed', progress: 1, message, tables_remaining: [] };
    }
    const goesOn =
      resumedBy === null
        ? `POST /api/tasks/${view.task_id}/resume continues it.`
        : `The task ${resumedBy} continues it.`;
    return {
      ...over(view),
      status: 'interrupted',
      can_resume: resumedBy === null,
      progress: this.progressOf(record, reachedMs) ?? view.progress,
      message:
        `Interrupted: the server ended during it, after ${view.last_update_timestamp}. ` +
        `${this.reachedWords(record)} ${goesOn}`,
      simulated_time:
        reachedMs === null || job.kind === 'master'
          ? view.simulated_time
          : formatInstant(reachedMs),
    };
  }

  private reachedWords(record: Kept): string {
    const reachedMs = this.reachedMs(record);
    const end = endOf(record);
    const { kind } = record.job;
    if (kind !== 'historical' && kind !== 'streaming') return 'The written files are kept.';
    if (reachedMs === null) return 'Nothing was kept.';
    const reached = formatInstant(reachedMs);
    if (kind === 'streaming') return `The stream had delivered all events up to ${reached}.`;
    return `The history is complete up to ${reached}${end === undefined ? '' : ` of ${formatInstant(end)}`}.`;
  }

  /** Returns the progress of a history by simulated time. */
  private progressOf(record: Kept, reachedMs: number | null): number | undefined {
    const end = endOf(record);
    const beganMs = record.fromMs ?? this.options.history()?.startMs;
    if (end === undefined || beganMs === undefined || end <= beganMs) return undefined;
    return Math.min(1, Math.max(0, ((reachedMs ?? beganMs) - beganMs) / (end - beganMs)));
  }

  private reachedMs({ job }: Kept): number | null {
    const { history, reachedMs } = this.options;
    return job.kind === 'streaming' ? reachedMs() : (history()?.committedMs ?? null);
  }

  private get records(): readonly Kept[] {
    const { tasks: file } = this.options.paths();
    const mark = markOf(file);
    if (this.read?.mark !== mark) this.read = { mark, records: recordsIn(file) };
    return this.read.records;
  }

  private change(id: string, changed: (record: Kept) => Kept): void {
    const { records } = this;
    this.write(records.map((each) => (each.view.task_id === id ? changed(each) : each)));
  }

  private write(records: readonly Kept[]): void {
    const { tasks: file } = this.options.paths();
    try {
      if (records.length === 0) {
        rmSync(file, { force: true });
        removeIfEmpty(path.dirname(file));
      } else writeFileAtomic(file, `${JSON.stringify(records.slice(-MOST), null, 1)}\n`);
    } catch {
      // The task itself reports errors of the disk.
    }
  }
}

/** Returns a job as JSON text, with infinite speed as `max`. */
function jobText(job: object): string {
  return JSON.stringify(job, (key, value: unknown) =>
    key === 'speed' && value === Infinity ? 'max' : value,
  );
}

function revived(key: string, value: unknown): unknown {
  return key === 'speed' && value === 'max' ? Infinity : value;
}

/** Returns the remaining part of a request. */
function continued(
  job: Omit<Job, 'settings'>,
  { view, fromMs }: Kept,
  committedMs: number | undefined,
): Omit<Job, 'settings'> {
  if (job.kind === 'historical' && 'window' in job) {
    const { window } = job as { window: { fromMs?: number; toMs?: number } };
    // A history that has begun continues at its end; otherwise the window may begin anywhere.
    const hasBegun = committedMs !== undefined && committedMs > (fromMs ?? window.fromMs ?? 0);
    return hasBegun ? ({ ...job, window: { toMs: window.toMs } } as typeof job) : job;
  }
  if (job.kind === 'streaming' && 'durationMs' in job) {
    const spentMs = Date.parse(view.last_update_timestamp) - Date.parse(view.started_at);
    const leftMs = Math.max(1000, (job.durationMs as number) - spentMs);
    return { ...job, durationMs: leftMs, rebuildJournal: false } as typeof job;
  }
  return job.kind === 'streaming' ? ({ ...job, rebuildJournal: false } as typeof job) : job;
}

/** Returns the requested end of a history, epoch ms. */
function endOf({ job }: Kept): number | undefined {
  const { toMs } = (job.window ?? {}) as { toMs?: unknown };
  return typeof toMs === 'number' ? toMs : undefined;
}

function over(view: TaskView): TaskView {
  return {
    ...view,
    tables_in_progress: [],
    tables_remaining: [...view.tables_in_progress, ...view.tables_remaining],
    current_table: null,
    progress_rate: null,
    rows_per_second: null,
    estimated_seconds_remaining: null,
    estimated_completion: null,
    finished_at: view.last_update_timestamp,
  };
}

/** Returns the stored tasks; none if the file can't be read. The next task replaces it. */
function recordsIn(file: string): Kept[] {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!Array.isArray(found)) return [];
    return found.flatMap((each) => RECORD.safeParse(each).data ?? []);
  } catch {
    return [];
  }
}

function markOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? `${file} -` : `${file} ${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
