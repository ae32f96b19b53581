/** The worker thread of a `ThreadWorker`: executes its calls in order. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorData } from '../../threads/error-transfer.ts';
import { registerExtensions } from '../../extension/load.ts';
import { shareClaim } from '../../store/lock.ts';
import { RegionGroup } from '../region-group.ts';
import { worldOfMessage } from '../../world/world-data.ts';
import { LISTENING } from '../../threads/thread-mailbox.ts';
import { simulatedWorld } from '../simulated-world.ts';
import type { Answer, Call, ThreadWorld } from './thread-worker.ts';

const port = parentPort;
if (port === null)
  throw new Error('Cannot run this file directly: it is the code of a worker thread');

let group: RegionGroup | undefined;
// An error rejects each call.
const ready = registerExtensions(workerData as readonly string[]);
ready.catch(() => {});
let last = Promise.resolve();
port.on('message', (call: Call) => {
  last = last.then(async () => port.postMessage(await answer(call)));
});
port.postMessage(LISTENING);

async function answer({ method, args }: Call): Promise<Answer> {
  try {
    await ready;
    if (method === 'begin') return { result: begin(args[0] as ThreadWorld) };
    if (group === undefined) throw new Error(`Cannot ${method}: the thread has begun no world`);
    const perform = group[method] as (...args: readonly unknown[]) => Promise<unknown>;
    return { result: await perform.apply(group, [...args]) };
  } catch (error) {
    return { error: errorData(error) };
  }
}

function begin({ settings, startMs, paths, world, claim }: ThreadWorld): void {
  if (claim !== undefined) shareClaim(claim);
  const ready = worldOfMessage(world);
  group = new RegionGroup(paths, simulatedWorld(settings, startMs, paths, ready));
}
