/** The journal's file, read: header and records, or why it can't be used. */
import fs from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../../domain/errors.ts';
import { readJournalLines } from './journal-lines.ts';
import { COUNTERS } from './ledger.ts';

const whole = z.int().min(0);
const entries = z.array(z.tuple([whole, whole, whole]));

const HEADER = z.strictObject({ journal: z.literal(1), base: z.string(), partitions: whole });
/** A checkpoint that is about to be taken, and the events of each region before it. */
const NEXT = z.strictObject({ base: z.string(), counts: z.array(z.tuple([whole, whole])) });
/** Cursors that moved and ledger rows that changed, each with its new value. */
const RECORD = z.strictObject({
  next: NEXT.optional(),
  settled: entries.optional(),
  sent: entries.optional(),
  ledger: z.record(z.string(), z.array(whole).length(COUNTERS.length)).optional(),
});
export type JournalHeader = z.infer<typeof HEADER>;
export type JournalRecord = Readonly<z.infer<typeof RECORD>>;

export interface LoadedJournal {
  readonly header: JournalHeader;
  readonly records: readonly JournalRecord[];
  /** Bytes from the start that are whole; what follows was cut off by a crash. */
  readonly wholeBytes: number;
}

/**
 * Reads a journal; undefined if there is none.
 * @param expected what its header must say
 * @throws InputError if it is damaged or another stream's
 */
export function loadJournal(file: string, expected?: JournalHeader): LoadedJournal | undefined {
  const bytes = contentOf(file);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const { values, wholeBytes, damagedLine } = readJournalLines(bytes);
  if (damagedLine !== undefined) {
    throw damaged(file, `line ${damagedLine} does not match its checksum, and lines follow it`);
  }
  const header = HEADER.safeParse(values[0]);
  // A journal is made in one step: its first line is never cut off.
  if (!header.success) throw damaged(file, 'its first line is not the head of a journal');
  if (expected !== undefined) checkHeader(file, header.data, expected);
  const records = values.slice(1).map((value, index) => {
    const record = RECORD.safeParse(value);
    if (!record.success) throw damaged(file, `line ${index + 2} is no record of a journal`);
    return record.data;
  });
  return { header: header.data, records, wholeBytes };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(`Cannot read the journal "${file}": ${reasonOf(error)}`);
  }
}

function checkHeader(file: string, found: JournalHeader, expected: JournalHeader): void {
  if (found.base !== expected.base) {
    throw new InputError(
      `Cannot go on with the journal "${file}": it counts from checkpoint "${found.base}", expected ` +
        `"${expected.base}"; use the world that it belongs to, or remove it to stream from here on anew`,
    );
  }
  if (found.partitions !== expected.partitions) {
    throw new InputError(
      `Cannot go on with the journal "${file}": the stream had ${found.partitions} partitions, found ` +
        `${expected.partitions}; events would change their order. Use the event hub it began with, ` +
        'or remove the journal: what was not acknowledged is then sent again, and more',
    );
  }
}

function damaged(file: string, what: string): InputError {
  return new InputError(
    `Cannot use the journal "${file}": ${what}; expected it as it was written. Restore it from a ` +
      'copy, or remove it: events since the checkpoint are then sent again, with the same ids',
  );
}
