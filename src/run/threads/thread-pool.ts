/** Threads started in advance: they load their modules while the world is built and its masters are written. */
import { type ThreadWorld, ThreadWorker } from './thread-worker.ts';

export class ThreadPool {
  private readonly waiting: ThreadWorker[] = [];

  /** Starts threads until `count` are waiting. */
  warm(count: number): void {
    while (this.waiting.length < count) this.waiting.push(new ThreadWorker());
  }

  /** Returns a thread that has begun a world: a waiting one, or a new one. */
  take(world: ThreadWorld): ThreadWorker {
    const thread = this.waiting.pop() ?? new ThreadWorker();
    // An error shows in the next call, which the thread then refuses.
    thread.begin(world).catch(() => {});
    return thread;
  }

  /** Ends the waiting threads. */
  async close(): Promise<void> {
    await Promise.all(this.waiting.splice(0).map((thread) => thread.close()));
  }
}
