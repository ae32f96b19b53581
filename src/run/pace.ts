/** The length of a region's steps, and the time between commits. */
import { HOUR_MS } from '../engine/time.ts';

/** Each size divides the next one, so that steps of all sizes end at common instants. */
const SIZES_MS = [HOUR_MS / 4, HOUR_MS, 6 * HOUR_MS] as const;
/** Target maximum wall time of a step, since an interrupt waits for its end. */
const PATIENCE_MS = 3000;

/** The size of steps, adapted to their wall time. */
export class StepSize {
  private index = 1;

  get ms(): number {
    return SIZES_MS[this.index];
  }

  /** Called with the wall time of a step of the present size. */
  observe(elapsedMs: number): void {
    if (elapsedMs > PATIENCE_MS && this.index > 0) this.index--;
    else if (elapsedMs < PATIENCE_MS / 10 && this.index < SIZES_MS.length - 1) this.index++;
  }
}

/** Minimum wall time between commits during a run. */
const COMMIT_EVERY_MS = 10_000;
/** Commits take at most 1 / COMMIT_SHARE of the wall time. */
const COMMIT_SHARE = 20;

/** Decides when to commit during a run. */
export interface CommitPace {
  due(): boolean;
  /** Called with the wall time of a commit. */
  committed(elapsedMs: number): void;
}

/** Returns a pace of one commit every ten seconds, or fewer if commits take long. */
export function steadyPace(wallMs: () => number): CommitPace {
  let nextMs = wallMs() + COMMIT_EVERY_MS;
  return {
    due: () => wallMs() >= nextMs,
    committed: (elapsedMs) => {
      nextMs = wallMs() + Math.max(COMMIT_EVERY_MS, COMMIT_SHARE * elapsedMs);
    },
  };
}

/** Returns the end of the step that starts at `nowMs`: the next multiple of its size, or the window's end. */
export function nextStepEnd(nowMs: number, sizeMs: number, toMs: number): number {
  return Math.min(toMs, (Math.floor(nowMs / sizeMs) + 1) * sizeMs);
}
