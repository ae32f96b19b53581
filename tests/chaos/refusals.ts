/** What a command refuses, whether it may, and how it says to go on. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { end } from './happenings.ts';
import type { Run } from './program.ts';
import type { Trial } from './trial.ts';
import { Violation } from './violation.ts';

const INPUT = 2;
const REBUILD = '--rebuild-journal';
const PATIENCE_MS = 60_000;

export interface Refusal {
  /** What to call instead, as it says; undefined where the next stream is to look at it. */
  readonly instead?: readonly string[];
}

/**
 * Looks at how a command ended.
 * @returns undefined if it refused nothing of what it found, or without a reason
 * @throws Violation if it has a reason and says no way to go on
 */
export async function wasRefused(
  trial: Trial,
  run: Run,
  code: number | null,
  args: readonly string[],
  name: string,
): Promise<Refusal | undefined> {
  if (code !== INPUT) return undefined;
  const { tampered } = trial;
  if (tampered !== undefined && run.stderr.includes(path.basename(tampered.file))) {
    if (tampered.refusal === 'must not') {
      throw new Violation(
        'unnoticed',
        `${name} refuses the journal with a line that was not written to its end: ${run.stderr.slice(-800)}`,
      );
    }
    if (args[0] !== 'run') return {};
    if (!run.stderr.includes(REBUILD) || args.includes(REBUILD)) {
      throw new Violation(
        'unnoticed',
        `${name} refuses the ${path.basename(tampered.file)} that was ${tampered.how}, and does not say how ` +
          `to go on (${REBUILD}): ${run.stderr.slice(-800)}`,
      );
    }
    // It stays as it is until a stream has begun: the disk may be full before.
    trial.tampered = { ...tampered, refusal: 'may' };
    trial.isRebuilt = true;
    trial.repeatsBefore = trial.consumer.repeats;
    if (path.basename(tampered.file) === 'frontier')
      trial.claims.forgetReach(trial.arrivedSince(0));
    return { instead: [...args, REBUILD] };
  }
  const advice = /Generate the missing files first:\s+sim run --mode history .*--to (\S+)/.exec(
    run.stderr,
  );
  if (advice === null) return undefined;
  const history = ['run', '--mode', 'history', '--config', 'config.json', '--out', 'world'];
  const following = trial.start([...history, '--to', advice[1], '--workers', '1']);
  const followed = await end(following, PATIENCE_MS);
  if (followed !== 0) {
    throw new Violation(
      'ending',
      `${name} gives advice that ends with code ${followed}: ${following.stderr.slice(-800)}`,
    );
  }
  return { instead: args };
}

/** A stream goes on with what it found: whether it should have. @throws Violation */
export function passTampered(trial: Trial, name: string): void {
  const { tampered } = trial;
  // A stream that ended before its first commit has not written it anew.
  if (tampered?.refusal === 'may' && !existsSync(tampered.file)) return;
  trial.tampered = undefined;
  if (tampered?.refusal !== 'must') return;
  throw new Violation(
    'unnoticed',
    `${name} goes on without a word with the ${path.basename(tampered.file)} that was ${tampered.how}`,
  );
}
