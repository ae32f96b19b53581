/** The connection test that every sink has: whether it opens. */
import type { StreamSink } from '../delivery/stream-sink.ts';

export interface Reached {
  readonly partitions: number;
  readonly maxBatchBytes: number;
  readonly answerMs: number;
}

/** Opens a sink, which takes ten seconds at most, sends nothing and closes it. @throws what `open` throws */
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
