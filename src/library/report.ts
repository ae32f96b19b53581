/** Compares a world with real retail by its files. */
import type { RealismReport } from '../report/result.ts';
import { type WorldPaths, worldPaths } from '../store/paths.ts';
import { settleWorld } from './settled.ts';
import type { VerifyOptions } from './verify.ts';

/**
 * Computes every statistic that has a target in published data, over the year that begins with the world in a
 * folder. It needs the package @duckdb/node-api.
 * @throws InputError if the folder contains no world with a history
 */
export function report(folder: string, options: VerifyOptions = {}): Promise<RealismReport> {
  return reportPaths(worldPaths(folder), options);
}

/** Like `report`, for a world whose folders a config names. @internal */
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
