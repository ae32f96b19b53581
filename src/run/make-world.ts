/** How a run comes to its world. */
import type { WorldPaths } from '../store/paths.ts';
import type { WorldSettings } from '../store/world-settings.ts';
import type { HistoryWorld } from './region-run.ts';

/** Makes the world that settings describe; nothing is built before it is asked for. */
export type MakeWorld = (
  settings: WorldSettings,
  startMs: number,
  paths: WorldPaths,
) => HistoryWorld;
