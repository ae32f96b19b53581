/** What a user should hear once about the pace of a stream: that it can't be had. */
import { formatCount } from '../domain/format.ts';
import type { StreamStatus } from './stream-status.ts';

/** A cap that is outrun for so long is no chance. */
const OUTRUN_FOR_S = 1;
/** Wall time that a busy moment may cost. */
const GIVEN_UP_FROM_MS = 10_000;

export class PaceNotes {
  private readonly onNote: (sentence: string) => void;
  private toldBacklog = false;
  private toldTooMuch = false;

  constructor(onNote: (sentence: string) => void) {
    this.onNote = onNote;
  }

  /** Told a few times a second how the stream is doing. */
  see(status: StreamStatus): void {
    const { capPerSecond, waiting, heldPerSecond, breaker, state } = status;
    if (state !== 'running' || breaker !== 'closed') return;
    if (capPerSecond !== null && !this.toldBacklog && waiting > capPerSecond * OUTRUN_FOR_S) {
      this.toldBacklog = true;
      this.onNote(
        `The world outruns the cap of ${perSecond(capPerSecond)}: ${formatCount(waiting)} events wait ` +
          `already, ${formatCount(status.bufferSize)} at most, then the world waits as well. A lower speed, ` +
          'or a rate without a speed, keeps it from falling behind.',
      );
    }
    if (heldPerSecond === null || this.toldTooMuch || status.givenUpMs < GIVEN_UP_FROM_MS) return;
    this.toldTooMuch = true;
    this.onNote(
      `A rate of ${perSecond(heldPerSecond)} can't be held: ${perSecond(status.averageEventsPerSecond)} is ` +
        'what the machine makes and the receiver takes.',
    );
  }
}

/** `500/s`, `0.25/s`. */
export function perSecond(rate: number): string {
  return `${rate >= 100 ? formatCount(Math.round(rate)) : Number(rate.toPrecision(3))}/s`;
}
