/** Updates the heartbeats of the locks that this thread has. */
import { Worker } from 'node:worker_threads';
import { threadModule } from '../domain/own-files.ts';
import { ThreadMailbox } from '../threads/thread-mailbox.ts';
import { BEAT_FROM_END } from './lock-record.ts';
import { HEARTBEAT_MS } from './lock-verdict.ts';

export interface Beating {
  readonly file: string;
  readonly token: string;
  /** Time of the last heartbeat, epoch seconds of the wall clock; shared with the thread that writes it. */
  readonly beats: Uint32Array<SharedArrayBuffer>;
}

type Message = { readonly take: Beating } | { readonly release: string };

const beating = new Map<string, Beating>();
let mailbox: ThreadMailbox<Message, never> | undefined;

/** Starts to update a lock's heartbeat. */
export function startBeating(lock: Beating): void {
  beating.set(lock.token, lock);
  if (mailbox === undefined) start();
  else mailbox.post({ take: lock });
}

export function stopBeating({ token }: Beating): void {
  beating.delete(token);
  mailbox?.post({ release: token });
}

function start(): void {
  const thread = new Worker(threadModule('store/heartbeat-thread'), {
    workerData: { everyMs: HEARTBEAT_MS, beatFromEnd: BEAT_FROM_END },
  });
  mailbox = new ThreadMailbox(thread, () => {});
  // The thread does not keep the process alive.
  thread.unref();
  const lost = () => {
    mailbox = undefined;
  };
  thread.on('error', lost);
  thread.on('exit', lost);
  for (const take of beating.values()) mailbox.post({ take });
}
