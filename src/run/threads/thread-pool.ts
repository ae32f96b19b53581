/** Threads that were started ahead: they load their modules while the world is built and its masters written. */
import { type ThreadWorld, ThreadWorker } from './thread-worker.ts';

export class ThreadPool {
  private readonly waiting: ThreadWorker[] = [];

  /** Starts threads until so many wait. */
  warm(count: number): void {
    while (this.waiting.length < count) this.waiting.push(new ThreadWorker());
  }

  /** A thread that has begun a world: one that waits, or a new one. */
  take(world: ThreadWorld): ThreadWorker {
    const thread = this.waiting.pop() ?? new ThreadWorker();
    // What becomes of it shows in the next call, which the thread can only refuse.
    thread.begin(world).catch(() => {});
    return thread;
  }

  /** Ends the threads that still wait. */
  async close(): Promise<void> {
    await Promise.all(this.waiting.splice(0).map((thread) => thread.close()));
  }
}
