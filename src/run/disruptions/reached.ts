/**
 * stream/reached: the simulated instant up to which a stream may have sent events, also if it was killed
 * since. No command may hold before it, for the events would not be the ones that were sent.
 */
import fs from 'node:fs';
import path from 'node:path';
import { InputError, reasonOf } from '../../domain/errors.ts';
import { formatInstant, MINUTE_MS, parseInstant, SECOND_MS } from '../../engine/time.ts';
import { fsyncDir } from '../../tables/atomic-file.ts';
import { outputFault } from '../../tables/output-fault.ts';

/** The instant in the file; undefined if there is none. @throws InputError */
export function readReached(file: string): number | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').trim();
    // Made, but never written.
    return text === '' ? undefined : parseInstant(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(
      `Cannot read "${file}": ${reasonOf(error)}. Write the simulated instant into it up to which the ` +
        'world has been streamed.',
    );
  }
}

const LEAST_AHEAD_MS = SECOND_MS;
const MOST_AHEAD_MS = 360 * MINUTE_MS;
/** Wall time between two writes that is aimed at. */
const PACE_MS = 2_000;

/** Keeps the file ahead of a stream. It is always of one length, so it is written over in place. */
export class ReachedMark {
  private readonly file: string;
  private readonly wallMs: () => number;
  private descriptor: number | undefined;
  private markedMs = Number.NEGATIVE_INFINITY;
  private aheadMs = LEAST_AHEAD_MS;
  private writtenMs = Number.NEGATIVE_INFINITY;

  constructor(file: string, wallMs: () => number) {
    this.file = file;
    this.wallMs = wallMs;
  }

  /** Makes sure that the file says `endMs` or more; mostly it does. @throws OutputError */
  reaching(endMs: number): void {
    if (endMs <= this.markedMs) return;
    const sinceMs = this.wallMs() - this.writtenMs;
    if (sinceMs < PACE_MS) this.aheadMs = Math.min(MOST_AHEAD_MS, this.aheadMs * 2);
    else if (sinceMs > 2 * PACE_MS) this.aheadMs = Math.max(LEAST_AHEAD_MS, this.aheadMs / 2);
    this.write(endMs + this.aheadMs);
  }

  /** Nothing behind an instant has been simulated. @throws OutputError */
  settled(atMs: number): void {
    if (atMs !== this.markedMs) this.write(atMs);
  }

  close(): void {
    if (this.descriptor !== undefined) fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private write(atMs: number): void {
    const bytes = Buffer.from(`${formatInstant(atMs)}\n`);
    try {
      this.descriptor ??= this.open();
      fs.writeSync(this.descriptor, bytes, 0, bytes.length, 0);
      fs.fdatasyncSync(this.descriptor);
    } catch (error) {
      throw outputFault(this.file, error);
    }
    this.markedMs = atMs;
    this.writtenMs = this.wallMs();
  }

  private open(): number {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    const descriptor = fs.openSync(this.file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o644);
    fsyncDir(path.dirname(this.file));
    return descriptor;
  }
}
