/** The three confirmations of a removal: a challenge, a typed phrase, and the number of files. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { clearPhrase } from '../store/remove-world.ts';
import type { WorldPaths } from '../store/paths.ts';
import { worldContent } from '../store/world-files.ts';
import { type Fault, Problem } from './problem.ts';

/** Time for which a challenge is valid; it can be used once. */
const GOOD_MS = 5 * 60_000;
const MOST = 20;

interface Challenge {
  readonly root: string;
  readonly files: number;
  readonly expiresMs: number;
}

export interface Confirmation {
  readonly challenge?: string;
  readonly phrase?: string;
  readonly files?: number;
}

export class Challenges {
  private readonly wallMs: () => number;
  private readonly open = new Map<string, Challenge>();

  constructor(wallMs: () => number) {
    this.wallMs = wallMs;
  }

  make(paths: WorldPaths) {
    const { own, foreign } = worldContent(paths);
    const bytes = own.reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    const challenge = randomBytes(18).toString('base64url');
    const expiresMs = this.wallMs() + GOOD_MS;
    this.open.set(challenge, { root: paths.root, files: own.length, expiresMs });
    const [oldest] = this.open.keys();
    if (this.open.size > MOST) this.open.delete(oldest);
    return {
      challenge,
      phrase: clearPhrase(paths),
      files: own.length,
      bytes,
      kept: foreign.length,
      expires_at: new Date(expiresMs).toISOString(),
    };
  }

  /** Checks the confirmations and uses up a matching challenge. @throws Problem 428 */
  require({ challenge, phrase, files }: Confirmation, paths: WorldPaths): void {
    const known = challenge === undefined ? undefined : this.open.get(challenge);
    const isGood = known?.root === paths.root && this.wallMs() < known.expiresMs;
    const errors: Fault[] = [];
    if (!isGood) {
      errors.push({
        field: 'challenge',
        detail:
          'expected the challenge from POST /api/generation/clear/challenge, within five minutes',
      });
    }
    if (phrase !== clearPhrase(paths)) {
      errors.push({ field: 'phrase', detail: 'expected the phrase of the challenge' });
    }
    const count = worldContent(paths).own.length;
    if (isGood && (files !== known.files || count !== known.files)) {
      errors.push({
        field: 'files',
        detail:
          count === known.files
            ? 'expected the number of files of the challenge'
            : 'the number of files has changed: request another challenge',
      });
    }
    if (errors.length > 0) {
      throw new Problem(428, 'Nothing was removed: three confirmations are needed.', { errors });
    }
    this.open.delete(challenge ?? '');
  }
}
