/** How far a stream's regions go in one step, so that a step brings forth few events beside the buffer. */
import { MINUTE_MS } from '../engine/time.ts';

/** A step brings forth about so many events at most: they wait in memory until they are offered. */
const STEP_EVENTS = 2_000;
const FIRST_MS = 1_000;
/** When stores open, a large world brings forth much more in this than a moment before. */
export const LONGEST_STEP_MS = 5 * MINUTE_MS;

export class StreamStep {
  private length = FIRST_MS;

  /** Simulated ms, a whole number. */
  get ms(): number {
    return this.length;
  }

  /** Takes note of the events of a step of this length, or of a shorter one. */
  observe(events: number): void {
    if (events > STEP_EVENTS) this.length = Math.max(1, this.length >>> 1);
    else if (events < STEP_EVENTS / 4) this.length = Math.min(LONGEST_STEP_MS, this.length * 2);
  }
}
