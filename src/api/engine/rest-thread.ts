/** The thread in which a world at rest is looked at: one look, then it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { registerExtensions } from '../../extension/load.ts';
import type { RestData } from './rest-look.ts';
import { lookAtRest } from './resting-world.ts';

const port = parentPort;
if (port === null) throw new Error('Cannot run alone: this file is the inside of a worker thread');
const { request, extensions } = workerData as RestData;
await registerExtensions(extensions);
port.postMessage(await lookAtRest(request));
