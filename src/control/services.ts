/** What the routes work with. */
import type { LiveView } from './live/live-view.ts';
import type { Sessions } from './guard/token.ts';
import type { Secret } from '../domain/secret.ts';
import type { Settings } from './settings.ts';
import type { Tasks } from './tasks.ts';

export interface Services {
  readonly settings: Settings;
  readonly tasks: Tasks;
  readonly live: LiveView;
  readonly token: Secret | undefined;
  readonly sessions: Sessions;
  /** Wall clock, epoch ms. */
  readonly nowMs: () => number;
  readonly startedMs: number;
}
