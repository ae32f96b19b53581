/** Compares a world by its files: with real retail, or with another world. */
import type { Comparison } from '../report/against/compare.ts';
import type { RealismReport } from '../report/result.ts';
import type { WorldPaths } from '../store/paths.ts';
import { settleWorld } from './settled.ts';
import type { VerifyOptions } from './verify.ts';

/**
 * Computes every statistic that has a target in published data, over the year that begins with the world. It needs the
 * package @duckdb/node-api.
 * @throws InputError if there is no world with a history
 */
export async function reportPaths(
  paths: WorldPaths,
  { onProgress, onNote }: VerifyOptions,
): Promise<RealismReport> {
  await settleWorld(paths, onNote);
  // Loaded here, because only few ask for the database.
  const { reportWorld } = await import('../report/report.ts');
  const { root, master, facts } = paths;
  return reportWorld(root, { master, facts, ...(onProgress !== undefined && { onProgress }) });
}

/** Compares a world with another, or with an extract as Parquet. */
export async function comparePaths(
  paths: WorldPaths,
  against: string,
  { onProgress, onNote }: VerifyOptions,
): Promise<Comparison> {
  await settleWorld(paths, onNote);
  const { compareWorlds } = await import('../report/against/compare.ts');
  const { root, master, facts } = paths;
  return compareWorlds(root, against, {
    master,
    facts,
    onStep: (step) => onProgress?.({ step, done: 0, total: 0 }),
  });
}
