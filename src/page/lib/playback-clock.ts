/**
 * Simulated time as the page shows it: between two states, and never jumping back and forth.
 *
 * States arrive about twice a second. The displayed time runs at the world's pace and is gradually corrected
 * towards
 * the world's current time, so that trucks move evenly however the network behaves.
 */
import { type ClockReading, Pace } from './world-pace.ts';

/** How far it continues from the newest state, in wall time: a world that sends no states may have stopped. */
const LONGEST_WALL_MS = 2000;
/** The largest error of the displayed time, in wall time; beyond that it jumps. */
const JUMP_WALL_MS = 2500;
/** Part of the error that is corrected each second. */
const CATCH_UP_PER_SECOND = 1.2;

export class Playback {
  private pace = new Pace();
  private newest: ClockReading | undefined;
  private shownMs = 0;
  private shownAtMs = 0;
  private isInterrupted = false;

  /**
   * Called when nobody has watched for a while: the next state is shown at once, however far it is from the
   * displayed one.
   */
  interrupt(): void {
    this.isInterrupted = true;
  }

  /** Records a state as it arrives, and whether its world runs evenly. */
  take(reading: ClockReading, atMs: number, runs: boolean): void {
    const last = this.newest;
    const startsAnew =
      last === undefined || !runs || this.isInterrupted || isAnother(last, reading);
    this.isInterrupted = false;
    if (startsAnew) {
      this.pace = new Pace();
      this.show(reading.simulatedMs, atMs);
    } else this.nowMs(atMs);
    this.newest = reading;
    if (!runs) return;
    this.pace.take(reading, atMs);
    const off = this.expectedMs(atMs) - this.shownMs;
    if (Math.abs(off) > JUMP_WALL_MS * this.pace.most) this.show(this.expectedMs(atMs), atMs);
  }

  /** Simulated time to show at a wall instant; null before the first state. */
  nowMs(atMs: number): number | null {
    if (this.newest === undefined) return null;
    const { pace } = this.pace;
    const elapsedMs = Math.min(LONGEST_WALL_MS, Math.max(0, atMs - this.shownAtMs));
    const advancedMs = this.shownMs + pace * elapsedMs;
    const pull = Math.min(1, (CATCH_UP_PER_SECOND * elapsedMs) / 1000);
    const pulledMs = advancedMs + (this.expectedMs(atMs) - advancedMs) * pull;
    const furthestMs = this.newest.simulatedMs + pace * LONGEST_WALL_MS;
    // If it is ahead it waits: nothing on the map drives backwards.
    this.show(Math.max(this.shownMs, Math.min(pulledMs, furthestMs)), atMs);
    return this.shownMs;
  }

  private show(simulatedMs: number, atMs: number): void {
    this.shownMs = simulatedMs;
    this.shownAtMs = atMs;
  }

  /** The world's current time. */
  private expectedMs(atMs: number): number {
    const ageMs = Math.min(LONGEST_WALL_MS, this.pace.ageMs(atMs));
    return (this.newest?.simulatedMs ?? 0) + this.pace.pace * ageMs;
  }
}

/** Whether a state belongs to another run or speed, so that earlier measurements don't apply. */
function isAnother(last: ClockReading, next: ClockReading): boolean {
  return (
    next.speed !== last.speed || next.simulatedMs < last.simulatedMs || next.wallMs < last.wallMs
  );
}
