/** The thread that creates the live view of a world that no job runs, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type RestRequest, lookAtRest } from './resting-world.ts';

const port = parentPort;
if (port === null)
  throw new Error('Cannot run this file directly: it is the code of a worker thread');
port.postMessage(await lookAtRest(workerData as RestRequest));
