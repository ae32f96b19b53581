/**
 * Runs jobs, one at a time, each in its own thread.
 *
 * The simulation runs in that thread, so the server answers at once however busy the simulation is,
 * and a job's memory is freed when it ends.
 */
import { Worker } from 'node:worker_threads';
import { threadModule } from '../../domain/own-files.ts';
import { extensionModules } from '../../domain/extensions.ts';
import { sinkModules } from '../../sinks/registry.ts';
import { type ErrorData, errorOf } from '../../threads/error-transfer.ts';
import type { StreamStatus } from '../../stream/stream-status.ts';
import { ThreadMailbox } from '../../threads/thread-mailbox.ts';
import type { LiveView } from '../live/live-view.ts';
import { Problem } from '../problem.ts';
import type { TaskKind } from '../shapes/task.ts';
import type { Task, Tasks } from '../tasks.ts';
import type { KeptTills } from './tills.ts';
import type { FromEngine, Job, JobData, StreamJob, ToEngine } from './messages.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Running {
  readonly task: Task;
  readonly job: Job;
  readonly thread: Worker;
  readonly mailbox: ThreadMailbox<ToEngine, FromEngine>;
  readonly calls: Map<number, Waiting>;
  readonly over: Promise<void>;
  readonly end: () => void;
  /** Whether it was asked to stop. */
  isCancelled: boolean;
}

export interface EngineOptions {
  readonly tasks: Tasks;
  readonly live: LiveView;
  /** Returns a description of another process that uses the world. */
  readonly otherOwner?: () => string | undefined;
  /** Returns why the existing world can't be continued, in a sentence. */
  readonly obstacle?: () => string | undefined;
  /** Called when a task begins, makes progress, and ends. */
  readonly onTask?: (task: Task, job: Job) => void;
  /** Called with a note for the user. */
  readonly onNote?: (text: string) => void;
  /** Called when a job begins. */
  readonly onStart?: () => void;
  /** Called when the files of the world have changed. */
  readonly onWorld?: () => void;
  /** Called when a thread has ended unexpectedly; its lock may remain. */
  readonly onGone?: () => void;
}

/** Jobs that continue the world with the config. */
const MAKES_MORE: ReadonlySet<TaskKind> = new Set(['master', 'historical', 'streaming']);

/** How long the end of the server waits for a job to stop. */
const REST_MS = 30_000;

export class Engine {
  private readonly options: EngineOptions;
  private running: Running | undefined;
  private nextCall = 1;
  /** Status of the running stream, or the last one. */
  streamStatus: StreamStatus | undefined;
  /** Sales of the stores at the end of the last stream. */
  tills: KeptTills | undefined;
  /** Why a starting stream waits for its event hub; null if it does not wait. */
  waitingFor: string | null = null;

  constructor(options: EngineOptions) {
    this.options = options;
  }

  /** Begins a job. @throws Problem 409 while another job is under way, 400 if the world can't be continued */
  start(job: Job, message: string): Task {
    const { tasks, live, otherOwner, obstacle } = this.options;
    const other = tasks.running === undefined ? otherOwner?.() : undefined;
    if (other !== undefined) {
      throw new Problem(409, `Another program, ${other}, is using this world: wait until it ends.`);
    }
    // The job would find out by itself, but after seconds, and with a message for the command line.
    const inTheWay = MAKES_MORE.has(job.kind) ? obstacle?.() : undefined;
    if (tasks.running === undefined && inTheWay !== undefined) throw new Problem(400, inTheWay);
    const task = tasks.begin(job.kind, message);
    this.options.onStart?.();
    if (job.kind === 'streaming') this.streamStatus = undefined;
    this.waitingFor = null;
    const workerData: JobData = {
      job,
      modules: sinkModules(),
      extensions: extensionModules(),
    };
    const thread = new Worker(threadModule('api/engine/engine-thread'), { workerData });
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const mailbox = new ThreadMailbox<ToEngine, FromEngine>(thread, (answer) =>
      this.hear(running, answer),
    );
    const calls = new Map<number, Waiting>();
    const running: Running = {
      task,
      job,
      thread,
      mailbox,
      calls,
      over,
      end,
      isCancelled: false,
    };
    this.running = running;
    this.options.onTask?.(task, job);
    mailbox.post({ type: 'watch', watched: live.broadcast.watchers > 0 });
    thread.on('error', (error) => this.fail(running, error.message));
    thread.on('exit', () => {
      this.fail(running, 'The thread of the simulation ended unexpectedly.');
      this.options.onGone?.();
      this.forget(running);
    });
    return task;
  }

  /** Returns the running task if it is of this kind. */
  taskOf(kind: TaskKind): Task | undefined {
    return this.running?.job.kind === kind && !this.running.task.isOver
      ? this.running.task
      : undefined;
  }

  /** Whether the running job was asked to stop and has not stopped yet. */
  get isStopping(): boolean {
    const { running } = this;
    return running?.isCancelled === true && !running.task.isOver;
  }

  /** The request of the running stream. */
  get streamJob(): StreamJob | undefined {
    const { running } = this;
    if (running?.job.kind !== 'streaming' || running.task.isOver) return undefined;
    return running.job;
  }

  /** Simulated time of the running stream, epoch ms. */
  get simulatedMs(): number | undefined {
    return this.taskOf('streaming') === undefined ? undefined : this.streamStatus?.simulatedMs;
  }

  /** The running task of any kind. */
  get runningTask(): Task | undefined {
    return this.options.tasks.running;
  }

  /** Asks the running job to stop. @returns false if it does not have this id */
  cancel(id: string): boolean {
    const { running } = this;
    if (running === undefined || running.task.id !== id || running.task.isOver) return false;
    running.isCancelled = true;
    running.mailbox.post({ type: 'cancel' });
    this.options.live.changed();
    return true;
  }

  /** Calls a method of the running job. @throws Problem 409 if no job of this kind runs */
  call(kind: TaskKind, method: string, ...args: readonly unknown[]): Promise<unknown> {
    const { running } = this;
    if (running === undefined || running.job.kind !== kind || running.task.isOver) {
      throw new Problem(409, `No ${kind} is under way.`);
    }
    const id = this.nextCall++;
    return new Promise((resolve, reject) => {
      running.calls.set(id, { resolve, reject });
      running.mailbox.post({ type: 'call', id, method, args });
    });
  }

  /** Resolves when the thread of the last job has ended. */
  async idle(): Promise<void> {
    await this.running?.over;
  }

  watch(watched: boolean): void {
    this.running?.mailbox.post({ type: 'watch', watched });
  }

  /** Stops the running job, and ends its thread. */
  async close(): Promise<void> {
    const { running } = this;
    if (running === undefined) return;
    running.mailbox.post({ type: 'cancel' });
    const timer = setTimeout(() => void running.thread.terminate(), REST_MS);
    await running.over;
    clearTimeout(timer);
  }

  private hear(running: Running, message: FromEngine): void {
    const { live, onNote, onWorld } = this.options;
    const { task, calls } = running;
    switch (message.type) {
      case 'update':
        task.update(message.update);
        this.options.onTask?.(task, running.job);
        break;
      case 'note':
        onNote?.(message.text);
        break;
      case 'live':
        live.take(message.state);
        break;
      case 'stream':
        this.streamStatus = message.status;
        live.changed();
        break;
      case 'waiting':
        this.waitingFor = message.reason;
        live.changed();
        break;
      case 'ledger':
        if (this.streamStatus !== undefined) {
          this.streamStatus = { ...this.streamStatus, ...message.ledger };
        }
        break;
      case 'tills':
        this.tills = message.tills;
        break;
      case 'world':
        onWorld?.();
        break;
      case 'answer':
        calls.get(message.id)?.resolve(message.result);
        calls.delete(message.id);
        break;
      case 'not-now':
        calls
          .get(message.id)
          ?.reject(new Problem(409, 'It is still starting: try again in a moment.'));
        calls.delete(message.id);
        break;
      case 'refusal':
        calls.get(message.id)?.reject(errorOf(message.error));
        calls.delete(message.id);
        break;
      case 'done': {
        const { cancelled, message: text, update } = message.outcome;
        task.end(cancelled ? 'cancelled' : 'completed', text, update);
        // The status belongs to the removed world.
        if (task.kind === 'clear') this.streamStatus = undefined;
        this.ended(running);
        break;
      }
      case 'failed':
        this.fail(running, failureText(message.error));
        break;
    }
  }

  private fail(running: Running, text: string): void {
    if (running.task.isOver) return;
    running.task.end('failed', text);
    this.ended(running);
  }

  private ended(running: Running): void {
    for (const { reject } of running.calls.values()) reject(new Problem(409, 'It has ended.'));
    running.calls.clear();
    this.waitingFor = null;
    this.options.live.take(undefined);
    this.options.onWorld?.();
    this.options.onTask?.(running.task, running.job);
    void running.thread.terminate();
  }

  private forget(running: Running): void {
    if (this.running === running) this.running = undefined;
    running.end();
  }
}

function failureText({ name, message, cause }: ErrorData): string {
  if (name === 'RunFailure' || name === 'InputError' || name === 'OutputError') return message;
  return cause === undefined ? message : `${message} (${cause.message})`;
}
