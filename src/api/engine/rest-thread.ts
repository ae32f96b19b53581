/** The thread in which a world at rest is looked at: one look, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type RestRequest, lookAtRest } from './resting-world.ts';

const port = parentPort;
if (port === null) throw new Error('Cannot run alone: this file is the inside of a worker thread');
port.postMessage(await lookAtRest(workerData as RestRequest));
