/** A worker in another thread: each call is a message to the thread and an answer. */
import { Worker } from 'node:worker_threads';
import { extensionModules } from '../../domain/extensions.ts';
import { threadModule } from '../../domain/own-files.ts';
import type { RegionView } from '../../entities/live-view.ts';
import { ThreadMailbox } from '../../threads/thread-mailbox.ts';
import { type ErrorData, errorOf } from '../../threads/error-transfer.ts';
import type { LockClaim } from '../../store/lock.ts';
import type { WorldPaths } from '../../store/paths.ts';
import type {
  CommittedRegion,
  HandedRegion,
  RegionOrigin,
  RegionWorker,
  Written,
} from './region-worker.ts';
import type { WorldMessage } from '../../world/world-data.ts';
import type { WorldSettings } from '../../store/world-settings.ts';

/** The world for a thread. */
export interface ThreadWorld {
  readonly settings: WorldSettings;
  readonly startMs: number;
  readonly paths: WorldPaths;
  /** Its columns are shared, not copied. */
  readonly world: WorldMessage;
  /** The run's lock, if any: this thread renews it, too. */
  readonly claim?: LockClaim | undefined;
}

/** A call; calls are answered in order, so they need no numbers. */
export interface Call {
  /** `begin` comes first, and once. */
  readonly method: 'begin' | Exclude<keyof RegionWorker, 'close'>;
  readonly args: readonly unknown[];
}
export type Answer = { readonly result: unknown } | { readonly error: ErrorData };

interface Waiting {
  resolve(result: never): void;
  reject(error: Error): void;
}

export class ThreadWorker implements RegionWorker {
  private readonly thread: Worker;
  private readonly mailbox: ThreadMailbox<Call, Answer>;
  private readonly waiting: Waiting[] = [];
  private lost: Error | undefined;

  /** Starts the thread, which loads its modules while the world is still being built. */
  constructor() {
    this.thread = new Worker(threadModule('run/threads/region-thread'), {
      workerData: extensionModules(),
    });
    this.mailbox = new ThreadMailbox(this.thread, (answer: Answer) => {
      const waiting = this.waiting.shift();
      if ('error' in answer) waiting?.reject(errorOf(answer.error));
      else waiting?.resolve(answer.result as never);
    });
    this.thread.on('error', (error) => this.lose(error));
    this.thread.on('exit', (code) => this.lose(new Error(`it ended with code ${code}`)));
  }

  /** Sends the world to the thread. Called first. */
  begin(world: ThreadWorld): Promise<void> {
    return this.call('begin', world);
  }

  open(regionId: number, origin: RegionOrigin): Promise<void> {
    return this.call('open', regionId, origin);
  }

  advance(regionId: number, endMs: number): Promise<Written> {
    return this.call('advance', regionId, endMs);
  }

  look(regionId: number): Promise<RegionView | undefined> {
    return this.call('look', regionId);
  }

  handOver(regionId: number): Promise<HandedRegion> {
    return this.call('handOver', regionId);
  }

  checkpoint(committedMs: number): Promise<CommittedRegion[]> {
    return this.call('checkpoint', committedMs);
  }

  committed(): Promise<void> {
    return this.call('committed');
  }

  abort(): Promise<void> {
    return this.call('abort');
  }

  async close(): Promise<void> {
    this.lost ??= new Error('it was closed');
    await this.thread.terminate();
  }

  private call<Result>(method: Call['method'], ...args: readonly unknown[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.lost !== undefined) return reject(this.lost);
      this.waiting.push({ resolve, reject });
      this.mailbox.post({ method, args });
    });
  }

  /** Called when the thread has ended: rejects all open calls. */
  private lose(cause: Error): void {
    const memory = (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    const advice = memory ? '; it ran out of memory: use fewer --workers' : '';
    this.lost ??= new Error(`A worker thread was lost: ${cause.message}${advice}`, { cause });
    for (const { reject } of this.waiting.splice(0)) reject(this.lost);
  }
}
