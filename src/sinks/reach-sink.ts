/** The connection test of every sink: opens it. */
import type { StreamSink } from '../delivery/stream-sink.ts';

export interface Reached {
  readonly partitions: number;
  readonly maxBatchBytes: number;
  readonly answerMs: number;
}

/** Opens a sink within ten seconds and closes it without sending an event. @throws errors of `open` */
export async function reachSink(sink: StreamSink): Promise<Reached> {
  const startedMs = performance.now();
  try {
    const partitions = await sink.open();
    const answerMs = Math.round(performance.now() - startedMs);
    return { partitions, maxBatchBytes: sink.maxBatchBytes, answerMs };
  } finally {
    await sink.close();
  }
}
