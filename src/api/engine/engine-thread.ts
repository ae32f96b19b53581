/** The thread of a job: executes one job, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { registerExtensions } from '../../extension/load.ts';
import { errorData } from '../../threads/error-transfer.ts';
import { LISTENING } from '../../threads/thread-mailbox.ts';
import { perform } from './jobs.ts';
import type { FromEngine, JobData, JobPort, ToEngine } from './messages.ts';

const port = parentPort;
if (port === null)
  throw new Error('Cannot run this file directly: it is the code of a worker thread');

const post = (message: FromEngine) => port.postMessage(message);
let isWatched = false;
let isCancelled = false;
let cancel = () => {};
let methods: Readonly<Record<string, (...args: never[]) => unknown>> = {};

const jobPort: JobPort = {
  watched: () => isWatched,
  cancelled: () => isCancelled,
  onCancel: (listener) => {
    cancel = listener;
    if (isCancelled) listener();
  },
  answer: (given) => {
    methods = given;
  },
  post,
};

port.on('message', (message: ToEngine) => {
  if (message.type === 'watch') isWatched = message.watched;
  else if (message.type === 'cancel') {
    isCancelled = true;
    cancel();
  } else void answer(message);
});
port.postMessage(LISTENING);

async function answer({ id, method, args }: ToEngine & { type: 'call' }): Promise<void> {
  try {
    const perform = methods[method];
    if (perform === undefined) {
      post({ type: 'not-now', id });
      return;
    }
    post({ type: 'answer', id, result: await perform(...(args as never[])) });
  } catch (error) {
    post({ type: 'refusal', id, error: errorData(error) });
  }
}

try {
  const { job, modules, extensions } = workerData as JobData;
  for (const url of modules) await import(url);
  await registerExtensions(extensions);
  post({ type: 'done', outcome: await perform(job, jobPort) });
} catch (error) {
  post({ type: 'failed', error: errorData(error) });
}
