/**
 * stream/frontier: how far a world may have been streamed, by a life that was killed as well, and how much
 * of its journal was written by then.
 *
 * The instant is kept ahead of the stream and synced, so whatever was sent lies before it, also after a
 * power cut: the next life brings everything up to it forth again and sends what is not settled. No command
 * may hold before it, for the events would not be the ones that were sent.
 *
 * The lengths tell a journal that was cut from one that is whole. `written` outlives the process, `synced`
 * a power cut as well.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../domain/make-folder.ts';
import { InputError, reasonOf } from '../domain/errors.ts';
import { formatInstant, MINUTE_MS, parseInstant, SECOND_MS } from '../engine/time.ts';
import { fsyncDir } from '../tables/atomic-file.ts';
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

/** Of a journal: which writing of the file, and its bytes. */
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

/** Always of one length, so that it is written over in place. */
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

/** The instant in the file; undefined if there is none. @throws InputError */
export function readReached(file: string): number | undefined {
  return readFrontier(file)?.reachedMs;
}

/** Throws InputError for the frontier of another world. */
export function requireFrontierOf(world: string, file: string, found: FrontierState): void {
  if (found.world === world) return;
  throw unreadable(file, `it belongs to world ${found.world || 'unknown'}, and this is ${world}`);
}

function unreadable(file: string, why: string): InputError {
  return new InputError(
    `Cannot read "${file}": ${why}; expected how far the world was streamed. Restore it from a copy, or ` +
      'go on without it: sim run --mode realtime with --rebuild-journal',
  );
}

const LEAST_AHEAD_MS = SECOND_MS;
const MOST_AHEAD_MS = 360 * MINUTE_MS;
/** Wall time between two synced writes that is aimed at. */
const PACE_MS = 2_000;
const NO_JOURNAL: JournalLength = { edition: 0, written: 0, synced: 0 };

export interface FrontierOptions {
  /** The world whose stream it is. */
  readonly world?: string;
  /** Monotonic wall clock, ms. */
  readonly wallMs: () => number;
  /** Where the stream is going to stop: the mark never runs ahead of it. */
  readonly limitMs?: number | undefined;
}

/** Keeps the file ahead of a stream. */
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

  /** The file is made with the first mark. @throws InputError if the one that is there can't be read */
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

  /** Simulated time that nothing sent lies behind; -Infinity before the first mark. */
  get reachedMs(): number {
    return this.markedMs;
  }

  /** How long the journal was when it was written last. */
  get journalLength(): JournalLength {
    return this.journal;
  }

  /** Makes sure that the file says `endMs` or more; mostly it does. @throws OutputError */
  reaching(endMs: number): void {
    if (endMs <= this.markedMs) return;
    const sinceMs = this.wallMs() - this.writtenMs;
    if (sinceMs < PACE_MS) this.aheadMs = Math.min(MOST_AHEAD_MS, this.aheadMs * 2);
    else if (sinceMs > 2 * PACE_MS) this.aheadMs = Math.max(LEAST_AHEAD_MS, this.aheadMs / 2);
    this.mark(Math.max(endMs, Math.min(endMs + this.aheadMs, this.limitMs)));
  }

  /** Nothing behind an instant has been simulated. @throws OutputError */
  settled(atMs: number): void {
    if (atMs !== this.markedMs) this.mark(atMs);
  }

  /** Called when the journal has grown, or was written anew. It is not synced. @throws OutputError */
  wrote(edition: number, bytes: number, syncedBytes?: number): void {
    const synced = syncedBytes ?? (edition === this.journal.edition ? this.journal.synced : 0);
    this.journal = { edition, written: bytes, synced };
    // Before the first mark nothing was sent.
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
      this.descriptor ??= this.open();
      fs.writeSync(this.descriptor, bytes, 0, bytes.length, 0);
      if (sync) fs.fdatasyncSync(this.descriptor);
    } catch (error) {
      throw outputFault(this.file, error);
    }
  }

  private open(): number {
    makeFolder(path.dirname(this.file));
    const descriptor = fs.openSync(this.file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o644);
    fsyncDir(path.dirname(this.file));
    return descriptor;
  }
}
