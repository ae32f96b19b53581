/** The function that creates the world of a run. */
import type { WorldPaths } from '../store/paths.ts';
import type { WorldSettings } from '../store/world-settings.ts';
import type { HistoryWorld } from './region-run.ts';

/** Returns the world of the settings; its parts are built on first use. */
export type MakeWorld = (
  settings: WorldSettings,
  startMs: number,
  paths: WorldPaths,
) => HistoryWorld;
