/** The error of a run that could not continue. */
import { reasonOf } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';

/** Thrown when a run could not continue; the world is at its last commit. */
export class RunFailure extends Error {
  /** Name of the error, for programs that can't use `instanceof`. */
  override readonly name = 'RunFailure';
  /** End of the history, epoch ms. */
  readonly committedMs: number;
  /** End of the run's window, epoch ms. */
  readonly toMs: number;

  constructor(atMs: number, committedMs: number, toMs: number, cause: unknown) {
    super(`The run stopped at ${formatInstant(atMs)}: ${reasonOf(cause)}`, { cause });
    this.committedMs = committedMs;
    this.toMs = toMs;
  }
}
