/** What every command is given. */
import type { HistoryWorld } from '../run/region-run.ts';
import type { WorldPaths } from '../run/paths.ts';
import type { WorldSettings } from '../run/world-settings.ts';
import type { Terminal } from './terminal.ts';

export interface Context {
  readonly terminal: Terminal;
  /** Makes the world that settings describe; nothing is built before it is asked for. */
  readonly makeWorld: (settings: WorldSettings, startMs: number, paths: WorldPaths) => HistoryWorld;
  /** Sets the exit code of a command that ends without an error. */
  exit(code: number): void;
}
