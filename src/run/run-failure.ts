/** How a run says that it could not go on. */
import { reasonOf } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';

/** A run that could not go on; the world stands as it was committed last. */
export class RunFailure extends Error {
  /** Tells it apart where `instanceof` can't. */
  override readonly name = 'RunFailure';
  /** Up to where the history is complete, epoch ms. */
  readonly committedMs: number;
  /** The end that the run was meant to reach, epoch ms. */
  readonly toMs: number;

  constructor(atMs: number, committedMs: number, toMs: number, cause: unknown) {
    super(`The run stopped at ${formatInstant(atMs)}: ${reasonOf(cause)}`, { cause });
    this.committedMs = committedMs;
    this.toMs = toMs;
  }
}
