/**
 * The engine as the server sees it: a thread for each job, one job at a time.
 *
 * The simulation runs there and not here, so the server answers at once however busy the simulation is;
 * and a job that ends takes its memory with it.
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
  /** Whether it was asked to come to rest. */
  isCancelled: boolean;
}

export interface EngineOptions {
  readonly tasks: Tasks;
  readonly live: LiveView;
  /** Who else is at work on the world, in words. */
  readonly otherOwner?: () => string | undefined;
  /** Why no job can go on with the world that is there, in a sentence. */
  readonly obstacle?: () => string | undefined;
  /** Told when a task begins, comes further, and ends. */
  readonly onTask?: (task: Task, job: Job) => void;
  /** Told what a job says that a user should read once. */
  readonly onNote?: (text: string) => void;
  /** Told that a job begins. */
  readonly onStart?: () => void;
  /** Told that the files of the world have changed. */
  readonly onWorld?: () => void;
  /** Told that a thread is gone, and with it whatever it held. */
  readonly onGone?: () => void;
}

/** Jobs that go on with the world as the config says. */
const MAKES_MORE: ReadonlySet<TaskKind> = new Set(['master', 'historical', 'streaming']);

/** How long the end of the server waits for a job to come to rest. */
const REST_MS = 30_000;

export class Engine {
  private readonly options: EngineOptions;
  private running: Running | undefined;
  private nextCall = 1;
  /** Of the stream that runs, or ran last. */
  streamStatus: StreamStatus | undefined;
  /** What the stores had sold when the last stream ended. */
  tills: KeptTills | undefined;
  /** Why the stream that starts waits for its event hub. */
  waitingFor: string | null = null;

  constructor(options: EngineOptions) {
    this.options = options;
  }

  /** Begins a job. @throws Problem 409 while another is under way, 400 if the world can't go on */
  start(job: Job, message: string): Task {
    const { tasks, live, otherOwner, obstacle } = this.options;
    const other = tasks.running === undefined ? otherOwner?.() : undefined;
    if (other !== undefined) {
      throw new Problem(
        409,
        `Another program, ${other}, is at work on this world: wait until it ends.`,
      );
    }
    // It would find out itself, after seconds, and tell it to somebody at a command line.
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
      this.fail(running, 'The thread of the simulation ended before its work was done.');
      this.options.onGone?.();
      this.forget(running);
    });
    return task;
  }

  /** The job that runs, if it is of that kind. */
  taskOf(kind: TaskKind): Task | undefined {
    return this.running?.job.kind === kind && !this.running.task.isOver
      ? this.running.task
      : undefined;
  }

  /** Whether the job that runs was asked to come to rest, and has not yet. */
  get isStopping(): boolean {
    const { running } = this;
    return running?.isCancelled === true && !running.task.isOver;
  }

  /** What was asked of the stream that runs. */
  get streamJob(): StreamJob | undefined {
    const { running } = this;
    if (running?.job.kind !== 'streaming' || running.task.isOver) return undefined;
    return running.job;
  }

  /** Simulated time of the stream that runs. */
  get simulatedMs(): number | undefined {
    return this.taskOf('streaming') === undefined ? undefined : this.streamStatus?.simulatedMs;
  }

  /** The task that is under way, whatever it does. */
  get runningTask(): Task | undefined {
    return this.options.tasks.running;
  }

  /** Asks the job that runs to come to rest. @returns false if it is not that task */
  cancel(id: string): boolean {
    const { running } = this;
    if (running === undefined || running.task.id !== id || running.task.isOver) return false;
    running.isCancelled = true;
    running.mailbox.post({ type: 'cancel' });
    this.options.live.changed();
    return true;
  }

  /** Calls a method of the job that runs. @throws Problem 409 if there is none of that kind */
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

  /** Waits until the thread of the last job is gone. */
  async idle(): Promise<void> {
    await this.running?.over;
  }

  watch(watched: boolean): void {
    this.running?.mailbox.post({ type: 'watch', watched });
  }

  /** Lets the job that runs come to rest, and ends its thread. */
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
          ?.reject(new Problem(409, 'It is only just starting: try again in a moment.'));
        calls.delete(message.id);
        break;
      case 'refusal':
        calls.get(message.id)?.reject(errorOf(message.error));
        calls.delete(message.id);
        break;
      case 'done': {
        const { cancelled, message: text, update } = message.outcome;
        task.end(cancelled ? 'cancelled' : 'completed', text, update);
        // What streamed was the world that is gone.
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
