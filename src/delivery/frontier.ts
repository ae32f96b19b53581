/**
 * stream/frontier: the simulated time up to which a world may have been streamed, even by a process that was
 * killed, and the length of its journal.
 *
 * The instant is kept ahead of the stream and synced, so all events that were sent are before it, even after a
 * power cut: the next run simulates everything up to it again and sends the events that are not settled. No command
 * may take effect before it, because the events would differ from the ones that were sent.
 *
 * The lengths show whether a journal was cut. `written` is correct after the end of the process, `synced` after a
 * power cut, too.
 */
import fs from 'node:fs';
import { InputError, reasonOf } from '../domain/errors.ts';
import { formatInstant, MINUTE_MS, parseInstant, SECOND_MS } from '../engine/time.ts';
import { writeAll, writeFileAtomic } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';
import { journalLine, journalValue } from './journal-lines.ts';
import { z } from 'zod';

const whole = z.int().min(0);
const SHAPE = z.strictObject({
  world: z.string(),
  reached: z.string(),
  edition: whole,
  written: whole,
  synced: whole,
});

/** Length of a journal: its edition (how often the file was replaced) and its bytes. */
export interface JournalLength {
  readonly edition: number;
  readonly written: number;
  readonly synced: number;
}

export interface FrontierState extends JournalLength {
  /** The world whose stream it is. */
  readonly world: string;
  /** Simulated time, epoch ms. */
  readonly reachedMs: number;
}

/** Fixed length, so that the file is overwritten in place. */
const LINE_BYTES = 200;

/** Reads the file; undefined if there is none. @throws InputError if it is empty, cut or damaged */
export function readFrontier(file: string): FrontierState | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, reasonOf(error));
  }
  const found = SHAPE.safeParse(journalValue(text.trimEnd()));
  if (text.length !== LINE_BYTES || !found.success) {
    const what = text === '' ? 'it is empty' : 'it is cut or damaged';
    throw unreadable(file, what);
  }
  const { reached, ...length } = found.data;
  return { reachedMs: parseInstant(reached), ...length };
}

/** Returns the instant in the file, epoch ms; undefined if there is no file. @throws InputError */
export function readReached(file: string): number | undefined {
  return readFrontier(file)?.reachedMs;
}

/** Throws InputError for the frontier of another world. */
export function requireFrontierOf(world: string, file: string, found: FrontierState): void {
  if (found.world === world) return;
  throw unreadable(
    file,
    `it belongs to world ${found.world || 'unknown'}, and this world is ${world}`,
  );
}

function unreadable(file: string, why: string): InputError {
  return new InputError(
    `Cannot read "${file}": ${why}; expected the time up to which the world was streamed. Restore it from a copy, or ` +
      'continue without it: sim run --mode realtime with --rebuild-journal',
  );
}

const LEAST_AHEAD_MS = SECOND_MS;
const MOST_AHEAD_MS = 360 * MINUTE_MS;
/** Target wall time between two synced writes. */
const PACE_MS = 2_000;
const NO_JOURNAL: JournalLength = { edition: 0, written: 0, synced: 0 };

export interface FrontierOptions {
  /** The world whose stream it is. */
  readonly world?: string;
  /** Monotonic wall clock, ms. */
  readonly wallMs: () => number;
  /** Simulated time at which the stream will stop: the mark never exceeds it. */
  readonly limitMs?: number | undefined;
}

/** Keeps the instant in the file ahead of a stream. */
export class Frontier {
  private readonly file: string;
  private readonly world: string;
  private readonly wallMs: () => number;
  private readonly limitMs: number;
  private descriptor: number | undefined;
  private markedMs: number;
  private journal: JournalLength;
  private aheadMs = LEAST_AHEAD_MS;
  private writtenMs = Number.NEGATIVE_INFINITY;

  /** Reads an existing file; a new one is created with the first mark. @throws InputError if it can't be read */
  constructor(file: string, { world = '', wallMs, limitMs = Infinity }: FrontierOptions) {
    const there = readFrontier(file);
    if (there !== undefined) requireFrontierOf(world, file, there);
    this.file = file;
    this.world = world;
    this.wallMs = wallMs;
    this.limitMs = limitMs;
    this.markedMs = there?.reachedMs ?? Number.NEGATIVE_INFINITY;
    this.journal = there ?? NO_JOURNAL;
  }

  /** Simulated time, epoch ms; all sent events are before it. -Infinity before the first mark. */
  get reachedMs(): number {
    return this.markedMs;
  }

  /** Length of the journal at its last write. */
  get journalLength(): JournalLength {
    return this.journal;
  }

  /** Ensures that the instant in the file is at least `endMs`; rarely writes. @throws OutputError */
  reaching(endMs: number): void {
    if (endMs <= this.markedMs) return;
    const sinceMs = this.wallMs() - this.writtenMs;
    if (sinceMs < PACE_MS) this.aheadMs = Math.min(MOST_AHEAD_MS, this.aheadMs * 2);
    else if (sinceMs > 2 * PACE_MS) this.aheadMs = Math.max(LEAST_AHEAD_MS, this.aheadMs / 2);
    this.mark(Math.max(endMs, Math.min(endMs + this.aheadMs, this.limitMs)));
  }

  /** Called when nothing at or after an instant has been simulated. @throws OutputError */
  settled(atMs: number): void {
    if (atMs !== this.markedMs) this.mark(atMs);
  }

  /** Called when the journal has grown or was replaced. The note is not synced. @throws OutputError */
  wrote(edition: number, bytes: number, syncedBytes?: number): void {
    const synced = syncedBytes ?? (edition === this.journal.edition ? this.journal.synced : 0);
    this.journal = { edition, written: bytes, synced };
    // Nothing was sent before the first mark.
    if (this.markedMs !== Number.NEGATIVE_INFINITY) this.write();
  }

  /** Called when the journal is on disk up to a length. @throws OutputError */
  synced(edition: number, bytes: number): void {
    if (edition !== this.journal.edition) return;
    this.wrote(edition, this.journal.written, Math.max(bytes, this.journal.synced));
  }

  close(): void {
    if (this.descriptor !== undefined) fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private mark(atMs: number): void {
    this.markedMs = atMs;
    this.write(true);
    this.writtenMs = this.wallMs();
  }

  private write(sync = false): void {
    const { world, markedMs, journal } = this;
    const line = journalLine({ world, reached: formatInstant(markedMs), ...journal }).trimEnd();
    const bytes = Buffer.from(`${line.padEnd(LINE_BYTES - 1)}\n`);
    try {
      this.descriptor ??= this.open(bytes);
      // Overwriting takes no room, so a full disk leaves the file whole.
      writeAll(this.descriptor, bytes, (fd, all, from, size) =>
        fs.writeSync(fd, all, from, size, from),
      );
      if (sync) fs.fdatasyncSync(this.descriptor);
    } catch (error) {
      throw outputFault(this.file, error);
    }
  }

  /** Opens the file; a new one begins with the bytes, or is not there if the disk is full. */
  private open(bytes: Uint8Array): number {
    if (!fs.existsSync(this.file)) writeFileAtomic(this.file, bytes);
    return fs.openSync(this.file, 'r+');
  }
}
