/** The thread's side of a `ThreadWorker`: does what it is asked, in order. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorData } from './error-transfer.ts';
import { RegionGroup } from './region-group.ts';
import { worldOfMessage } from '../world/world-data.ts';
import { simulatedWorld } from './simulated-world.ts';
import type { Answer, Call, ThreadWorld } from './thread-worker.ts';

const port = parentPort;
if (port === null) throw new Error('Cannot run alone: this file is the inside of a worker thread');

const { settings, startMs, paths, world } = workerData as ThreadWorld;
const ready = worldOfMessage(world);
const group = new RegionGroup(paths, simulatedWorld(settings, startMs, paths, ready));

let last = Promise.resolve();
port.on('message', (call: Call) => {
  last = last.then(async () => port.postMessage(await answer(call)));
});

async function answer({ method, args }: Call): Promise<Answer> {
  try {
    const perform = group[method] as (...args: readonly unknown[]) => Promise<unknown>;
    return { result: await perform.apply(group, [...args]) };
  } catch (error) {
    return { error: errorData(error) };
  }
}
