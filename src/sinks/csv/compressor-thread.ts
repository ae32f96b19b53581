/** A worker thread of a `CompressorPool`: compresses one part after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { OutputError, reasonOf } from '../../domain/errors.ts';
import type { Codec } from '../../tables/compression.ts';
import { encoderOf } from './codecs.ts';
import { compressPart } from './compress-part.ts';
import type { CompressionJob } from './compressor.ts';
import type { Outcome } from './compressor-pool.ts';
import { nodeFiles } from './file-port.ts';
import { LISTENING } from '../../threads/thread-mailbox.ts';

const port = parentPort;
if (port === null)
  throw new Error('Cannot run this file directly: it is the code of a worker thread');

const codec = workerData as Codec;
const encoder = encoderOf(codec);
// Each job reports a missing codec.
encoder.catch(() => {});

let last = Promise.resolve();
port.on('message', (job: CompressionJob) => {
  last = last.then(async () => port.postMessage(await outcomeOf(job)));
});
port.postMessage(LISTENING);

async function outcomeOf(job: CompressionJob): Promise<Outcome> {
  try {
    return { done: true, digest: await compressPart(nodeFiles, codec, await encoder, job) };
  } catch (error) {
    return { done: false, output: error instanceof OutputError, reason: reasonOf(error) };
  }
}
