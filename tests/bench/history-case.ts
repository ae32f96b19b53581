/** Histories to measure, each in a process of its own. */
import type { Format } from '../../src/domain/formats.ts';
import { runScript } from './process.ts';

export interface HistoryCase {
  /** What differs from the default world: the keys of config.json's `volume`. */
  readonly volume: Readonly<Record<string, number>>;
  readonly days: number;
  /** Written before anything counts, so that the compilers are done. */
  readonly warmUpRows: number;
  readonly workers: number;
  /** CSV by default. */
  readonly formats?: readonly Format[];
}

export interface HistoryFigures {
  readonly rows: number;
  /** Of all facts. */
  readonly bytes: number;
  readonly sessions: number;
  /** After the warm-up, up to the last commit, which is in it. */
  readonly countedRows: number;
  readonly countedBytes: number;
  readonly countedSeconds: number;
  /** Of all threads. */
  readonly countedCpuSeconds: number;
  /** The whole process: start, masters, warm-up and commit. */
  readonly processSeconds: number;
  readonly peakRssBytes: number;
}

/** Generates the history of a case into a temporary folder and removes it. */
export function measureHistory(history: HistoryCase): Promise<HistoryFigures> {
  return runScript('./history-process.ts', [JSON.stringify(history)]);
}
