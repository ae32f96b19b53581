/** Waits for an event hub that is not available yet, up to a time limit. */
import { setTimeout as sleep } from 'node:timers/promises';
import { OutputError } from '../domain/errors.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;
const GROWTH = 1.5;
const LONGEST_TIMER_MS = 2 ** 31;

export interface TargetWait {
  /** Whether the first failure ends the wait. */
  readonly failFast?: boolean | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Maximum wall time to wait, ms; the first try does not count. */
  readonly mostMs?: number | undefined;
  /** `onWaiting` is called once with the reason for the wait, `onReached` at its end with its length. */
  readonly onWaiting?: ((reason: string) => void) | undefined;
  readonly onReached?: ((waitedMs: number) => void) | undefined;
}

/** Thrown when the wait ended before the event hub was available. */
export class TargetGivenUp extends Error {
  override readonly name = 'TargetGivenUp';
  readonly why: 'asked' | 'time';

  constructor(why: 'asked' | 'time', reason: string) {
    super(reason);
    this.why = why;
  }
}

/**
 * Calls `open` until it succeeds, and resolves with its result. Retries while the event hub can't be reached.
 * @param open throws InputError for errors that don't pass: wrong credentials, an unknown event hub
 * @throws TargetGivenUp, and errors of `open`
 */
export async function reachTarget<Opened>(
  open: () => Promise<Opened>,
  { failFast = false, signal, mostMs, onWaiting, onReached }: TargetWait,
): Promise<Opened> {
  const end = new AbortController();
  const asked = () => end.abort('asked');
  const beganMs = performance.now();
  const waitedMs = () => performance.now() - beganMs;
  let timer: NodeJS.Timeout | undefined;
  if (signal?.aborted) asked();
  signal?.addEventListener('abort', asked);
  let reason = '';
  try {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * GROWTH)) {
      try {
        const opened = await unlessEnded(open(), end.signal);
        if (reason !== '') onReached?.(waitedMs());
        return opened;
      } catch (error) {
        if (end.signal.aborted) throw error;
        if (failFast || !(error instanceof OutputError)) throw error;
        if (reason === '') {
          // Timers can't be longer, and no user waits as long.
          if (mostMs !== undefined && mostMs < LONGEST_TIMER_MS) {
            timer = setTimeout(() => end.abort('time'), Math.max(0, mostMs - waitedMs()));
          }
          onWaiting?.(error.message);
        }
        reason = error.message;
      }
      await sleep(waitMs, undefined, { signal: end.signal });
    }
  } catch (error) {
    if (end.signal.aborted) throw new TargetGivenUp(end.signal.reason as 'asked' | 'time', reason);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', asked);
  }
}

/** Resolves with the result of `work`; rejects at once when the signal is aborted. */
async function unlessEnded<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let leave = () => {};
  const ended = new Promise<never>((_, reject) => {
    leave = () => reject(new Error('ended'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
  // Its result no longer matters then.
  work.catch(() => {});
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
