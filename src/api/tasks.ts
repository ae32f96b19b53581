/** Tasks and their progress: one at a time; the last ones are kept. */
import { randomBytes } from 'node:crypto';
import { redact } from '../domain/secret.ts';
import { Problem } from './problem.ts';
import type { TaskKind, TaskView } from './shapes/task.ts';
import { withoutPaths } from './without-paths.ts';

/** The update of a job; the task adds rate and time left. */
export type TaskUpdate = Partial<
  Pick<
    TaskView,
    | 'progress'
    | 'message'
    | 'tables_completed'
    | 'tables_in_progress'
    | 'tables_remaining'
    | 'table_progress'
    | 'current_table'
    | 'table_counts'
    | 'rows'
    | 'bytes'
    | 'simulated_time'
    | 'current_day'
    | 'current_hour'
    | 'total_hours_completed'
  >
>;

/** Minimum time between two shown updates. */
const UPDATE_EVERY_MS = 100;
/** Number of updates for the mean rate. */
const RATE_UPDATES = 50;
const REMEMBERED = 50;

export class Task {
  readonly id: string;
  readonly kind: TaskKind;
  private readonly wallMs: () => number;
  private readonly startedMs: number;
  private readonly samples: { atMs: number; progress: number; rows: number }[] = [];
  private readonly onChange: () => void;
  private state: TaskView;
  private shownMs = Number.NEGATIVE_INFINITY;
  private waiting: TaskUpdate | undefined;

  constructor(kind: TaskKind, message: string, wallMs: () => number, onChange: () => void) {
    this.id = `${kind.replaceAll('-', '_')}_${randomBytes(4).toString('hex')}`;
    this.kind = kind;
    this.wallMs = wallMs;
    this.onChange = onChange;
    this.startedMs = wallMs();
    const now = new Date(this.startedMs).toISOString();
    this.state = {
      operation_id: this.id,
      task_id: this.id,
      kind,
      status: 'running',
      can_resume: false,
      progress: 0,
      message,
      tables_completed: [],
      tables_in_progress: [],
      tables_remaining: [],
      tables_failed: [],
      table_progress: {},
      current_table: null,
      table_counts: null,
      estimated_seconds_remaining: null,
      estimated_completion: null,
      progress_rate: null,
      rows: null,
      rows_per_second: null,
      bytes: null,
      simulated_time: null,
      current_day: null,
      current_hour: null,
      total_hours_completed: null,
      started_at: now,
      finished_at: null,
      last_update_timestamp: now,
      sequence: 0,
      error_message: null,
      error: null,
    };
  }

  get view(): TaskView {
    if (this.waiting !== undefined && this.wallMs() - this.shownMs >= UPDATE_EVERY_MS) this.show();
    return this.state;
  }

  get isOver(): boolean {
    return this.state.finished_at !== null;
  }

  /** Called with progress, which is shown within a tenth of a second. */
  update(update: TaskUpdate): void {
    if (this.isOver) return;
    this.waiting = { ...this.waiting, ...update };
    if (this.wallMs() - this.shownMs >= UPDATE_EVERY_MS) this.show();
  }

  end(
    status: 'completed' | 'failed' | 'cancelled',
    message: string,
    update: TaskUpdate = {},
  ): void {
    if (this.isOver) return;
    this.waiting = { ...this.waiting, ...update };
    this.show();
    const clean = withoutPaths(redact(message));
    const now = new Date(this.wallMs()).toISOString();
    const error = status === 'failed' ? clean : null;
    const { tables_in_progress: unfinished, tables_remaining: remaining } = this.state;
    this.state = {
      ...this.state,
      status,
      message: clean,
      progress: status === 'completed' ? 1 : this.state.progress,
      tables_in_progress: [],
      tables_failed: status === 'failed' ? unfinished : [],
      tables_remaining: status === 'cancelled' ? [...unfinished, ...remaining] : remaining,
      current_table: null,
      estimated_seconds_remaining: status === 'completed' ? 0 : null,
      estimated_completion: null,
      finished_at: now,
      last_update_timestamp: now,
      sequence: this.state.sequence + 1,
      error_message: error,
      error,
    };
    this.onChange();
  }

  private show(): void {
    const nowMs = this.wallMs();
    const update = this.waiting ?? {};
    this.waiting = undefined;
    this.shownMs = nowMs;
    const progress = Math.min(1, Math.max(this.state.progress, update.progress ?? 0));
    const rows = update.rows ?? this.state.rows;
    this.samples.push({ atMs: nowMs, progress, rows: rows ?? 0 });
    if (this.samples.length > RATE_UPDATES) this.samples.shift();
    const [first] = this.samples;
    const seconds = (nowMs - first.atMs) / 1000;
    const rate = seconds > 0 ? (progress - first.progress) / seconds : 0;
    const rowRate = seconds > 0 ? ((rows ?? 0) - first.rows) / seconds : 0;
    const leftSeconds = rate > 0 ? Math.round(((1 - progress) / rate) * 10) / 10 : null;
    this.state = {
      ...this.state,
      ...update,
      progress,
      rows,
      progress_rate: rate > 0 ? rate : null,
      rows_per_second: rows === null || rowRate < 0 ? null : Math.round(rowRate),
      estimated_seconds_remaining: leftSeconds,
      estimated_completion:
        leftSeconds === null ? null : new Date(nowMs + leftSeconds * 1000).toISOString(),
      last_update_timestamp: new Date(nowMs).toISOString(),
      sequence: this.state.sequence + 1,
    };
    this.onChange();
  }
}

export class Tasks {
  private readonly wallMs: () => number;
  private readonly tasks: Task[] = [];
  /** Called whenever a task has changed. */
  onChange: () => void = () => {};

  constructor(wallMs: () => number) {
    this.wallMs = wallMs;
  }

  /** The running task. */
  get running(): Task | undefined {
    return this.tasks.find((task) => !task.isOver);
  }

  get active(): Task[] {
    return this.tasks.filter((task) => !task.isOver);
  }

  /** The kept tasks, oldest first. */
  get recent(): TaskView[] {
    return this.tasks.map(({ view }) => view);
  }

  /** Returns the newest task of these kinds. */
  latest(...kinds: readonly TaskKind[]): Task | undefined {
    return this.tasks.findLast(({ kind }) => kinds.includes(kind));
  }

  /** Returns the newest task of a kind in the existing world, not in one that was removed since. */
  latestHere(kind: TaskKind): Task | undefined {
    const removed = this.tasks.findLastIndex(
      (task) => task.kind === 'clear' && task.view.status === 'completed',
    );
    return this.tasks.slice(removed + 1).findLast((task) => task.kind === kind);
  }

  /** Returns a task of this server by id. */
  find(id: string): Task | undefined {
    return this.tasks.find((known) => known.id === id);
  }

  /** Begins a task. @throws Problem 409 while another one is running */
  begin(kind: TaskKind, message: string): Task {
    const { running } = this;
    if (running !== undefined) {
      throw new Problem(
        409,
        `The task ${running.id} is under way. Wait until it ends, or ${
          running.kind === 'streaming' ? 'stop the stream' : 'cancel it'
        } first.`,
        { taskId: running.id },
      );
    }
    const task = new Task(kind, message, this.wallMs, () => this.onChange());
    this.tasks.push(task);
    if (this.tasks.length > REMEMBERED) this.tasks.shift();
    this.onChange();
    return task;
  }
}
