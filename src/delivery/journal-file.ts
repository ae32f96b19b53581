/** The journal's file, read: header and records, or why it can't be used. */
import fs from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../domain/errors.ts';
import type { JournalLength } from './frontier.ts';
import { readJournalLines } from './journal-lines.ts';
import { COUNTERS } from './ledger.ts';

const whole = z.int().min(0);
const entries = z.array(z.tuple([whole, whole, whole]));

/** A checkpoint that is about to be taken, and the events of each region before it. */
const NEXT = z.strictObject({ base: z.string(), counts: z.array(z.tuple([whole, whole])) });
/** Cursors that moved and ledger rows that changed, each with its new value. */
const RECORD = z.strictObject({
  next: NEXT.optional(),
  settled: entries.optional(),
  sent: entries.optional(),
  ledger: z.record(z.string(), z.array(whole).length(COUNTERS.length)).optional(),
  /** Simulated time that the stream may have come to, epoch ms. */
  reached: z.int().optional(),
});
/** A stretch of simulated time that was streamed, epoch ms; the last one is not over. */
const STRETCH = z.tuple([z.int(), z.int().nullable()]);
const HEADER = z.strictObject({
  journal: z.literal(2),
  /** The world whose events these are. */
  world: z.string(),
  base: z.string(),
  partitions: whole,
  /** How often the file was written anew. */
  edition: z.int().min(1),
  /** Types of the events that are sent; all of them where it is absent. */
  types: z.array(z.string()).optional(),
  stretches: z.array(STRETCH).optional(),
  /** Simulated time up to which events may have been sent that the journal has forgotten, epoch ms. */
  doubtfulToMs: z.int().optional(),
  /** What was known when the file was written: in the same line, so that it is not cut apart. */
  state: RECORD.optional(),
});
export type JournalHeader = z.infer<typeof HEADER>;
export type JournalRecord = Readonly<z.infer<typeof RECORD>>;

export interface LoadedJournal {
  readonly header: Omit<JournalHeader, 'state'>;
  /** Oldest first. */
  readonly records: readonly JournalRecord[];
  /** Bytes from the start that are whole; what follows was cut off by a crash. */
  readonly wholeBytes: number;
}

/** How to go on with a journal that can't be used. */
export const REBUILD =
  'Restore it from a copy, or go on with --rebuild-journal: what may have been sent is then sent again, ' +
  'with the same ids, and counted as possibly repeated';

/**
 * Reads a journal; undefined if there is none.
 * @throws InputError if it is empty, damaged, or of another format
 */
export function loadJournal(file: string): LoadedJournal | undefined {
  const bytes = contentOf(file);
  if (bytes === undefined) return undefined;
  if (bytes.length === 0) throw damaged(file, 'it is empty');
  const { values, wholeBytes, damagedLine } = readJournalLines(bytes);
  if (damagedLine !== undefined) {
    throw damaged(file, `line ${damagedLine} does not match its checksum, and lines follow it`);
  }
  const read = HEADER.safeParse(values[0]);
  // A journal is made in one step: its first line is never cut off.
  if (!read.success) throw damaged(file, 'its first line is not the head of a journal');
  const { state, ...header } = read.data;
  const records = values.slice(1).map((value, index) => {
    const record = RECORD.safeParse(value);
    if (!record.success) throw damaged(file, `line ${index + 2} is no record of a journal`);
    return record.data;
  });
  return { header, records: state === undefined ? records : [state, ...records], wholeBytes };
}

/** What of a journal fits its world, its service and how much of it was written. */
export interface JournalExpectation {
  readonly world: string;
  readonly base?: string;
  readonly partitions?: number;
  /** Undefined: nothing is known of its length. */
  readonly length?: JournalLength | undefined;
}

/**
 * Checks that a journal is the one that is expected, and as long as it was.
 * @returns whether it lost its end, as in a power cut: what was sent last is not known then
 * @throws InputError
 */
export function checkJournal(
  file: string,
  { header, wholeBytes }: LoadedJournal,
  { world, base, partitions, length }: JournalExpectation,
): boolean {
  if (header.world !== world) {
    throw new InputError(
      `Cannot go on with the journal "${file}": it belongs to world ${header.world || 'unknown'}, expected ` +
        `${world}. ${REBUILD}`,
    );
  }
  if (base !== undefined && header.base !== base) {
    throw new InputError(
      `Cannot go on with the journal "${file}": it counts from checkpoint "${header.base}", expected ` +
        `"${base}". ${REBUILD}`,
    );
  }
  if (partitions !== undefined && header.partitions !== partitions) {
    throw new InputError(
      `Cannot go on with the journal "${file}": the stream had ${header.partitions} partitions, found ` +
        `${partitions}; events would change their order. Use the target it began with until what it ` +
        'has pending is delivered',
    );
  }
  if (length === undefined || length.edition === 0) return false;
  const { edition } = header;
  // Written anew, and killed before that was noted.
  if (edition === length.edition + 1) return false;
  if (edition !== length.edition) {
    throw damaged(file, `it is writing ${edition}, and writing ${length.edition} was the last`);
  }
  if (wholeBytes < length.synced) {
    throw damaged(file, `it is cut: ${wholeBytes} bytes are whole, and it had ${length.written}`);
  }
  return wholeBytes < length.written;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(`Cannot read the journal "${file}": ${reasonOf(error)}`);
  }
}

function damaged(file: string, what: string): InputError {
  return new InputError(
    `Cannot use the journal "${file}": ${what}; expected it as it was written. ${REBUILD}`,
  );
}
