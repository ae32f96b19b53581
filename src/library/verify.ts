/** Verifies a world by its files. */
import { readManifest } from '../store/manifest.ts';
import { type WorldPaths, worldPaths } from '../store/paths.ts';
import type { VerifyProgress, VerifyReport } from '../verify/result.ts';
import { loadDictionaries } from '../world/dictionaries.ts';
import { settleWorld } from './settled.ts';

/** Whom to tell of the progress. */
export interface VerifyOptions {
  /** Called before each step. */
  readonly onProgress?: (progress: VerifyProgress) => void;
  /** Called with a note for the user. */
  readonly onNote?: (sentence: string) => void;
}

/**
 * Checks the world in a folder against every invariant; `broken` of the report is the number of those that
 * don't hold. It needs the package @duckdb/node-api.
 * @throws InputError if the folder contains no world with a history
 */
export function verify(folder: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  return verifyPaths(worldPaths(folder), options);
}

/** Like `verify`, for a world whose folders a config names. @internal */
export async function verifyPaths(
  paths: WorldPaths,
  { onProgress, onNote }: VerifyOptions,
): Promise<VerifyReport> {
  const { master, facts } = paths;
  await settleWorld(paths, onNote);
  const ownDictionaries = readManifest(paths.manifest)?.dictionaries === loadDictionaries().sha256;
  // Loaded here, because only verification needs the database.
  const { verifyWorld } = await import('../verify/verify.ts');
  return verifyWorld(paths.root, {
    master,
    facts,
    realPlaces: !ownDictionaries,
    ownDictionaries,
    ...(onProgress !== undefined && { onProgress }),
  });
}
