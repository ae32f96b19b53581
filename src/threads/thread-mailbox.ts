/**
 * Messages to a thread that may still be starting. Deno drops messages before the thread listens, so they
 * are queued until the thread posts `LISTENING`.
 */
import type { Worker } from 'node:worker_threads';

/** The first message of a thread, when it listens. */
export const LISTENING = 'listening';

export class ThreadMailbox<Message, Answer> {
  private readonly thread: Worker;
  private early: Message[] | undefined = [];

  /** @param onAnswer called with all later messages of the thread */
  constructor(thread: Worker, onAnswer: (answer: Answer) => void) {
    this.thread = thread;
    thread.on('message', (answer: Answer | typeof LISTENING) => {
      if (answer === LISTENING) this.deliver();
      else onAnswer(answer as Answer);
    });
  }

  post(message: Message): void {
    if (this.early === undefined) this.thread.postMessage(message);
    else this.early.push(message);
  }

  private deliver(): void {
    for (const message of this.early ?? []) this.thread.postMessage(message);
    this.early = undefined;
  }
}
