/** Reads the journal's file: header and records, or an error that says why it can't be used. */
import fs from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../domain/errors.ts';
import type { JournalLength } from './frontier.ts';
import { readJournalLines } from './journal-lines.ts';
import { COUNTERS } from './ledger.ts';

const whole = z.int().min(0);
const entries = z.array(z.tuple([whole, whole, whole]));

/** A checkpoint that was announced, and the number of events of each region before it. */
const NEXT = z.strictObject({ base: z.string(), counts: z.array(z.tuple([whole, whole])) });
/** Cursors and ledger rows that changed, with their new values. */
const RECORD = z.strictObject({
  next: NEXT.optional(),
  settled: entries.optional(),
  sent: entries.optional(),
  ledger: z.record(z.string(), z.array(whole).length(COUNTERS.length)).optional(),
  /** Simulated time up to which events may have been sent, epoch ms. */
  reached: z.int().optional(),
});
/** A period of simulated time that was streamed, epoch ms; the last one may not be over. */
const PERIOD = z.tuple([z.int(), z.int().nullable()]);
const HEADER = z.strictObject({
  journal: z.literal(2),
  /** The world of the events. */
  world: z.string(),
  base: z.string(),
  partitions: whole,
  /** Number of times that the file was written as a whole. */
  edition: z.int().min(1),
  /** Types of the events that are sent; all types if absent. */
  types: z.array(z.string()).optional(),
  stretches: z.array(PERIOD).optional(),
  /** Simulated time up to which events may have been sent that are missing in the journal, epoch ms. */
  doubtfulToMs: z.int().optional(),
  /** State when the file was written: in the same line as the header, so that a crash can't separate them. */
  state: RECORD.optional(),
});
export type JournalHeader = z.infer<typeof HEADER>;
export type JournalRecord = Readonly<z.infer<typeof RECORD>>;

export interface LoadedJournal {
  readonly header: Omit<JournalHeader, 'state'>;
  /** Oldest first. */
  readonly records: readonly JournalRecord[];
  /** Bytes of whole lines from the start; a crash cut off the line after them. */
  readonly wholeBytes: number;
}

/** Tells a user how to continue with a journal that can't be used. */
export const REBUILD =
  'Restore it from a copy, or continue with --rebuild-journal: events that may have been sent are then sent again, ' +
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
  // A journal is created in one step, so a crash can't cut off its first line.
  if (!read.success) throw damaged(file, 'its first line is not the head of a journal');
  const { state, ...header } = read.data;
  const records = values.slice(1).map((value, index) => {
    const record = RECORD.safeParse(value);
    if (!record.success) throw damaged(file, `line ${index + 2} is not a record of a journal`);
    return record.data;
  });
  return { header, records: state === undefined ? records : [state, ...records], wholeBytes };
}

/** Expected content of a journal: its world, its service, and its length. */
export interface JournalExpectation {
  readonly world: string;
  readonly base?: string;
  readonly partitions?: number;
  /** Undefined if unknown. */
  readonly length?: JournalLength | undefined;
}

/**
 * Checks that a journal has the expected content and length.
 * @returns whether its end was lost, as in a power cut: the last events sent are then unknown
 * @throws InputError
 */
export function checkJournal(
  file: string,
  { header, wholeBytes }: LoadedJournal,
  { world, base, partitions, length }: JournalExpectation,
): boolean {
  if (header.world !== world) {
    throw new InputError(
      `Cannot continue with the journal "${file}": it belongs to world ${header.world || 'unknown'}, expected ` +
        `${world}. ${REBUILD}`,
    );
  }
  if (base !== undefined && header.base !== base) {
    throw new InputError(
      `Cannot continue with the journal "${file}": it counts from checkpoint "${header.base}", expected ` +
        `"${base}". ${REBUILD}`,
    );
  }
  if (partitions !== undefined && header.partitions !== partitions) {
    throw new InputError(
      `Cannot continue with the journal "${file}": the stream had ${header.partitions} partitions, found ` +
        `${partitions}; events would change their order. Use the stream's previous target until its ` +
        'pending events are delivered',
    );
  }
  if (length === undefined || length.edition === 0) return false;
  const { edition } = header;
  // The process was killed after it replaced the file and before it noted that.
  if (edition === length.edition + 1) return false;
  if (edition !== length.edition) {
    throw damaged(file, `its edition is ${edition}, expected ${length.edition}`);
  }
  if (wholeBytes < length.synced) {
    throw damaged(file, `it is cut: ${wholeBytes} bytes are whole, expected ${length.written}`);
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
