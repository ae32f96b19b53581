/**
 * Messages to a thread that is still starting: Deno drops what comes before the thread listens, so they
 * wait until it says that it does.
 */
import type { Worker } from 'node:worker_threads';

/** What a thread posts first, once it listens. */
export const LISTENING = 'listening';

export class ThreadMailbox<Message, Answer> {
  private readonly thread: Worker;
  private early: Message[] | undefined = [];

  /** `onAnswer` is told what the thread posts from then on. */
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
