/** Opens, continues, reads and creates the journal of a stream. */
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { Journal, type JournalOptions, recordOf } from './journal.ts';
import { checkJournal, type JournalHeader, loadJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';
import type { StreamedPeriod } from './streamed-periods.ts';

/**
 * Opens the journal of a stream, or creates it. If its end was lost, as in a power cut, events that it can't know
 * count as possibly sent.
 * @throws InputError if it belongs to another world, checkpoint or number of partitions, is empty, cut or
 *   damaged
 */
export function openJournal(file: string, options: JournalOptions): Journal {
  const { world = '', base, partitions, frontier } = options;
  const found = loadJournal(file);
  if (found === undefined) return new Journal(file, options, undefined);
  const length = frontier?.journalLength;
  const hasLostItsEnd = checkJournal(file, found, { world, base, partitions, length });
  const journal = new Journal(file, options, found);
  if (hasLostItsEnd) journal.doubt(frontier!.reachedMs);
  return journal;
}

/**
 * Opens the journal of a stream that continues from its checkpoint, or from the one that it announced.
 * If no event was sent since, the stream may continue with another number of partitions.
 * @throws InputError like `openJournal`, also for another number of partitions after events were sent
 */
export function continueJournal(file: string, options: JournalOptions): Journal {
  const { base, partitions } = options;
  const found = loadJournal(file);
  if (found === undefined) return openJournal(file, options);
  const { header, records } = found;
  const isAnnounced = records.some(({ next }) => next?.base === base);
  const journal = openJournal(file, {
    ...options,
    base: isAnnounced ? header.base : base,
    partitions: header.partitions,
  });
  if (isAnnounced && header.base !== base) journal.rebase(base);
  if (header.partitions === partitions) return journal;
  if (!journal.isFresh) return openJournal(file, options);
  journal.rebase(base, { partitions });
  return journal;
}

/** Content of a new journal that replaces a lost one. */
export interface JournalBeginning {
  readonly base: string;
  readonly world: string;
  readonly partitions: number;
  readonly ledger: Record<string, number[]>;
  /** Simulated time up to which events may have been sent, epoch ms. */
  readonly doubtfulToMs: number;
}

/** Replaces a journal that can't be used. @throws OutputError */
export function beginJournal(file: string, { ledger, ...head }: JournalBeginning): void {
  const state = recordOf({ settled: [], sent: [], ledger });
  const header: JournalHeader = { journal: 2, edition: 1, ...head, ...(state && { state }) };
  writeFileAtomic(file, journalLine(header));
}

/** The content of a journal at the time of reading; a publisher may be writing it. */
export interface JournalState {
  readonly world: string;
  /** The checkpoint that it starts from, and the one that was announced. */
  readonly base: string;
  readonly nextBase: string | undefined;
  readonly partitions: number;
  /** Event types sent since the checkpoint; undefined for all. */
  readonly types: readonly string[] | undefined;
  /** Periods of simulated time that were streamed, epoch ms; the last one may not be over. */
  readonly stretches: readonly StreamedPeriod[];
  /** Simulated time up to which events may have been sent, epoch ms. */
  readonly reachedMs: number | undefined;
  readonly ledger: Ledger;
}

/** Reads a journal without opening it; undefined if there is none. @throws InputError if it is damaged */
export function readJournal(file: string): JournalState | undefined {
  const found = loadJournal(file);
  if (found === undefined) return undefined;
  const ledger = new Ledger();
  for (const record of found.records) ledger.load(record.ledger ?? {});
  const { world, base, partitions, types, stretches = [] } = found.header;
  const nextBase = found.records.findLast(({ next }) => next !== undefined)?.next?.base;
  const reachedMs = found.records.findLast(({ reached }) => reached !== undefined)?.reached;
  return { world, base, nextBase, partitions, types, stretches, reachedMs, ledger };
}
