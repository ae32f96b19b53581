/** How far a region goes in one step, and how often their progress is committed. */
import { HOUR_MS } from '../engine/time.ts';

/** Each divides the next, so that every step ends where a coarser one would. */
const SIZES_MS = [HOUR_MS / 4, HOUR_MS, 6 * HOUR_MS] as const;
/** A step should take no longer: it is what an interrupt waits for. */
const PATIENCE_MS = 3000;

/** The size of steps, adapted to how long they take. */
export class StepSize {
  private index = 1;

  get ms(): number {
    return SIZES_MS[this.index];
  }

  /** Takes note of the wall time of a step of the present size. */
  observe(elapsedMs: number): void {
    if (elapsedMs > PATIENCE_MS && this.index > 0) this.index--;
    else if (elapsedMs < PATIENCE_MS / 10 && this.index < SIZES_MS.length - 1) this.index++;
  }
}

/** Least wall time between commits while a run goes on. */
const COMMIT_EVERY_MS = 10_000;
/** Commits take at most one part of so many of the wall time. */
const COMMIT_SHARE = 20;

/** Decides when to commit while a run goes on. */
export interface CommitPace {
  due(): boolean;
  /** Told how long a commit took. */
  committed(elapsedMs: number): void;
}

/** Every ten seconds, or less often where commits take long. */
export function steadyPace(wallMs: () => number): CommitPace {
  let nextMs = wallMs() + COMMIT_EVERY_MS;
  return {
    due: () => wallMs() >= nextMs,
    committed: (elapsedMs) => {
      nextMs = wallMs() + Math.max(COMMIT_EVERY_MS, COMMIT_SHARE * elapsedMs);
    },
  };
}

/** End of the step that starts at `nowMs`: the next multiple of its size, or the window's end. */
export function nextStepEnd(nowMs: number, sizeMs: number, toMs: number): number {
  return Math.min(toMs, (Math.floor(nowMs / sizeMs) + 1) * sizeMs);
}
