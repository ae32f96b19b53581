/** The services of the routes. */
import type { Secret } from '../domain/secret.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Counts } from './data/counts.ts';
import type { Previews } from './data/preview.ts';
import type { Disruptions } from './disruptions.ts';
import type { Engine } from './engine/engine.ts';
import type { Front } from './front.ts';
import type { Guesses } from './guard/guesses.ts';
import type { Sessions } from './guard/token.ts';
import type { KeptTasks } from './kept-tasks.ts';
import type { LastLedger } from './last-ledger.ts';
import type { LiveView } from './live/live-view.ts';
import type { Settings } from './settings.ts';
import type { Tasks } from './tasks.ts';
import type { WorldWatch } from './world-watch.ts';

export interface Services {
  readonly settings: Settings;
  readonly tasks: Tasks;
  readonly kept: KeptTasks;
  readonly lastLedger: LastLedger;
  readonly engine: Engine;
  readonly previews: Previews;
  readonly counts: Counts;
  readonly disruptions: Disruptions;
  readonly live: LiveView;
  readonly watch: WorldWatch;
  readonly token: Secret | undefined;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
  readonly front: Front;
  /** Returns the manifest of the world in the folder. @throws InputError if it is damaged */
  readonly manifest: () => Manifest | undefined;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
  readonly startedMs: number;
}
