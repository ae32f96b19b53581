/** Waits on the command line for an event hub that is not reachable yet: notes it once, ends at Ctrl-C. */
import { type TargetWait, TargetGivenUp } from '../stream/reach-target.ts';
import { CommandFailure } from './failure.ts';
import { watchInterrupts } from './interrupt.ts';

export interface PatienceOptions {
  readonly failFast: boolean | undefined;
  readonly mostMs: number | undefined;
  readonly note: (sentence: string) => void;
  /** Called with the reason for waiting. */
  readonly onWaiting: (reason: string) => void;
}

export interface Patiently<Result> {
  readonly result: Result;
  readonly interrupted: boolean;
  /** How long it waited for the event hub, ms. */
  readonly waitedMs: number;
}

/**
 * Returns the result of `work`; undefined if it was interrupted before.
 * @throws CommandFailure if the time ran out, or what `work` throws
 */
export async function patiently<Result>(
  { failFast, mostMs, note, onWaiting }: PatienceOptions,
  work: (wait: TargetWait) => Promise<Result>,
): Promise<Patiently<Result> | undefined> {
  let waitedMs = 0;
  const end = new AbortController();
  const interrupts = watchInterrupts(() => end.abort());
  try {
    const result = await work({
      failFast,
      mostMs,
      signal: end.signal,
      onWaiting: (reason) => {
        note(`${reason}. Waiting, with another try every few seconds; --fail-fast ends at once.`);
        onWaiting(reason);
      },
      onReached: (forMs) => {
        waitedMs = forMs;
        note('The event hub answers now.');
      },
    });
    return { result, interrupted: end.signal.aborted, waitedMs };
  } catch (error) {
    if (!(error instanceof TargetGivenUp)) throw error;
    if (error.why === 'asked') return undefined;
    throw new CommandFailure(`Nothing was streamed before the time was over: ${error.message}`);
  } finally {
    interrupts.stop();
  }
}
