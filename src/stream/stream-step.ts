/** The length of a stream's steps, chosen so that a step creates few events compared to the buffer. */
import { MINUTE_MS } from '../engine/time.ts';

/** Maximum number of events in a step, about: they wait in memory until they are offered. */
const STEP_EVENTS = 2_000;
const FIRST_MS = 1_000;
/** Maximum length of a step: when stores open, the number of events in it rises quickly. */
export const LONGEST_STEP_MS = 5 * MINUTE_MS;

export class StreamStep {
  private length = FIRST_MS;

  /** Length of a step, simulated ms, a whole number. */
  get ms(): number {
    return this.length;
  }

  /** Called with the number of events of a step of this length, or of a shorter one. */
  observe(events: number): void {
    if (events > STEP_EVENTS) this.length = Math.max(1, this.length >>> 1);
    else if (events < STEP_EVENTS / 4) this.length = Math.min(LONGEST_STEP_MS, this.length * 2);
  }
}
