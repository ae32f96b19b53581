/**
 * Threads that compress parts while the next day is simulated.
 *
 * Every job is sent immediately to the thread with the fewest pending bytes: the thread that owns the pool may
 * simulate for seconds, and no job should wait for it.
 */
import { Worker } from 'node:worker_threads';
import { threadModule } from '../../domain/own-files.ts';
import { OutputError } from '../../domain/errors.ts';
import type { Codec } from '../../tables/compression.ts';
import type { CompressionJob, Compressor } from './compressor.ts';
import type { FileDigest } from './part-files.ts';
import { ThreadMailbox } from '../../threads/thread-mailbox.ts';

/** A thread's answer to a job; jobs are answered in order. */
export type Outcome =
  | { readonly done: true; readonly digest: FileDigest }
  | { readonly done: false; readonly output: boolean; readonly reason: string };

interface Waiting {
  readonly bytes: number;
  resolve(digest: FileDigest): void;
  reject(error: Error): void;
}

export class CompressorPool implements Compressor {
  readonly codec: Codec;
  private readonly size: number;
  private threads: CompressorThread[] | undefined;

  /** The threads start with the first job. */
  constructor(codec: Codec, size: number) {
    this.codec = codec;
    this.size = size;
  }

  compress(job: CompressionJob): Promise<FileDigest> {
    this.threads ??= Array.from({ length: this.size }, () => new CompressorThread(this.codec));
    return this.threads.reduce((a, b) => (b.pendingBytes < a.pendingBytes ? b : a)).compress(job);
  }

  async close(): Promise<void> {
    const threads = this.threads ?? [];
    this.threads = undefined;
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

class CompressorThread {
  private readonly thread: Worker;
  private readonly mailbox: ThreadMailbox<CompressionJob, Outcome>;
  private readonly waiting: Waiting[] = [];
  private lost: Error | undefined;

  constructor(codec: Codec) {
    this.thread = new Worker(threadModule('sinks/csv/compressor-thread'), {
      workerData: codec,
    });
    this.mailbox = new ThreadMailbox(this.thread, (outcome: Outcome) => {
      const waiting = this.waiting.shift();
      if (outcome.done) waiting?.resolve(outcome.digest);
      else waiting?.reject(new (outcome.output ? OutputError : Error)(outcome.reason));
    });
    this.thread.on('error', (error) => this.lose(error));
    this.thread.on('exit', (code) => this.lose(new Error(`it ended with code ${code}`)));
  }

  /** Bytes of the jobs that are not finished. */
  get pendingBytes(): number {
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  compress(job: CompressionJob): Promise<FileDigest> {
    return new Promise((resolve, reject) => {
      if (this.lost !== undefined) return reject(this.lost);
      this.waiting.push({ bytes: job.bytes, resolve, reject });
      this.mailbox.post(job);
    });
  }

  async close(): Promise<void> {
    this.lost ??= new Error('it was closed');
    await this.thread.terminate();
  }

  private lose(cause: Error): void {
    this.lost ??= new Error(`A compressor thread was lost: ${cause.message}`, { cause });
    for (const { reject } of this.waiting.splice(0)) reject(this.lost);
  }
}
