/** Notes for the user that a stream can't keep its requested pace; each is given once. */
import { formatCount } from '../domain/format.ts';
import type { StreamStatus } from './stream-status.ts';

/** The user is told when the waiting events would take this long at the cap. */
const OUTRUN_FOR_S = 1;
/** Lost wall time from which the user is told. */
const GIVEN_UP_FROM_MS = 10_000;

export class PaceNotes {
  private readonly onNote: (sentence: string) => void;
  private toldBacklog = false;
  private toldTooMuch = false;

  constructor(onNote: (sentence: string) => void) {
    this.onNote = onNote;
  }

  /** Called a few times a second with the status of the stream. */
  see(status: StreamStatus): void {
    const { capPerSecond, waiting, heldPerSecond, breaker, state } = status;
    if (state !== 'running' || breaker !== 'closed') return;
    if (capPerSecond !== null && !this.toldBacklog && waiting > capPerSecond * OUTRUN_FOR_S) {
      this.toldBacklog = true;
      this.onNote(
        `The world outruns the cap of ${perSecond(capPerSecond)}: ${formatCount(waiting)} events are waiting. ` +
          `At ${formatCount(status.bufferSize)} waiting events the world waits, too. A lower speed, ` +
          'or a rate without a speed, keeps the stream from falling behind.',
      );
    }
    if (heldPerSecond === null || this.toldTooMuch || status.givenUpMs < GIVEN_UP_FROM_MS) return;
    this.toldTooMuch = true;
    this.onNote(
      `The rate of ${perSecond(heldPerSecond)} is too high for this machine or the receiver: the stream reaches ` +
        `${perSecond(status.averageEventsPerSecond)}.`,
    );
  }
}

/** Formats a rate, such as `500/s` or `0.25/s`. */
export function perSecond(rate: number): string {
  return `${rate >= 100 ? formatCount(Math.round(rate)) : Number(rate.toPrecision(3))}/s`;
}
