/** What the bench of the stream measures, in processes of their own. */
import { runScript } from './process.ts';

export interface StreamCase {
  readonly sink: 'embedded hub' | 'blackhole';
  /** Events that don't count: compilers and caches get warm. */
  readonly warmUpEvents: number;
  readonly events: number;
  /** Folder of a world with a history, to stream on from; without it the events are made up. */
  readonly world?: string;
}

export interface StreamFigures {
  readonly events: number;
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** Events of the last batches, mean. */
  readonly batchEvents: number;
}

export function measureStream(given: StreamCase): Promise<StreamFigures> {
  return runScript<StreamFigures>('./stream-process.ts', [JSON.stringify(given)]);
}
