/** Waits for an event hub that is not there yet, for as long as whoever wants to stream has patience. */
import { setTimeout as sleep } from 'node:timers/promises';
import { OutputError } from '../domain/errors.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;
const GROWTH = 1.5;
const LONGEST_TIMER_MS = 2 ** 31;

export interface TargetWait {
  /** Whether the first failure ends it. */
  readonly failFast?: boolean | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Wall time to wait at most, ms; the first try is no wait. */
  readonly mostMs?: number | undefined;
  /** Told once why there is something to wait for, and once that the wait is over, and how long it was. */
  readonly onWaiting?: ((reason: string) => void) | undefined;
  readonly onReached?: ((waitedMs: number) => void) | undefined;
}

/** The wait ended before the event hub was there. */
export class TargetGivenUp extends Error {
  override readonly name = 'TargetGivenUp';
  readonly why: 'asked' | 'time';

  constructor(why: 'asked' | 'time', reason: string) {
    super(reason);
    this.why = why;
  }
}

/**
 * What `open` comes to, tried again while the way to the event hub is blocked.
 * @param open throws InputError for what waiting doesn't mend: wrong credentials, an unknown event hub
 * @throws TargetGivenUp, or what `open` throws
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
          // No timer counts further, and nobody waits as long.
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

/** What `work` comes to; rejects at once when it is ended. */
async function unlessEnded<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let leave = () => {};
  const ended = new Promise<never>((_, reject) => {
    leave = () => reject(new Error('ended'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
  // Whatever becomes of it then is no news.
  work.catch(() => {});
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
