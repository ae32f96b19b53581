/** The thread that creates the live view of a world that no job runs, then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { registerExtensions } from '../../extension/load.ts';
import type { RestData } from './rest-look.ts';
import { lookAtRest } from './resting-world.ts';

const port = parentPort;
if (port === null)
  throw new Error('Cannot run this file directly: it is the code of a worker thread');
const { request, extensions } = workerData as RestData;
await registerExtensions(extensions);
port.postMessage(await lookAtRest(request));
