/**
 * Simulated time as the page shows it: between two states, and never back and forth.
 *
 * States come about twice a second. What is shown runs at the pace measured over the last ones and is drawn
 * gently towards the newest, so that trucks move evenly whatever the network does.
 */
/** A state that is further off than so much wall time at the present pace is jumped to. */
const JUMP_WALL_MS = 4000;
/** How long it runs on without a new state. */
const LONGEST_WALL_MS = 3000;
const SMOOTHING = 0.35;
/** Part of the distance that is made up each second. */
const CATCH_UP_PER_SECOND = 1.2;

export class Playback {
  private pace = 0;
  private stateMs: number | undefined;
  private stateAtMs = 0;
  private shownMs = 0;
  private shownAtMs = 0;

  /** Takes note of a state: simulated time at a wall instant, and whether it runs on evenly. */
  take(simulatedMs: number, atMs: number, runs: boolean): void {
    const last = this.stateMs;
    if (last === undefined) {
      this.shownMs = simulatedMs;
      this.shownAtMs = atMs;
    } else {
      this.nowMs(atMs);
      const measured = (simulatedMs - last) / Math.max(1, atMs - this.stateAtMs);
      const fresh = this.pace === 0 || measured < 0;
      this.pace = fresh ? Math.max(0, measured) : this.pace + (measured - this.pace) * SMOOTHING;
      const distance = Math.abs(simulatedMs - this.shownMs);
      if (distance > Math.max(this.pace, 1) * JUMP_WALL_MS) this.shownMs = simulatedMs;
    }
    if (!runs) {
      this.pace = 0;
      this.shownMs = simulatedMs;
    }
    this.stateMs = simulatedMs;
    this.stateAtMs = atMs;
  }

  /** Simulated time to show at a wall instant; null before the first state. */
  nowMs(atMs: number): number | null {
    if (this.stateMs === undefined) return null;
    const sinceState = Math.min(LONGEST_WALL_MS, Math.max(0, atMs - this.stateAtMs));
    const expected = this.stateMs + this.pace * sinceState;
    const elapsed = Math.min(LONGEST_WALL_MS, Math.max(0, atMs - this.shownAtMs));
    const advanced = this.shownMs + this.pace * elapsed;
    const pull = Math.min(1, (CATCH_UP_PER_SECOND * elapsed) / 1000);
    const next = advanced + (expected - advanced) * pull;
    if (next > this.shownMs) this.shownMs = next;
    this.shownAtMs = atMs;
    return this.shownMs;
  }
}
