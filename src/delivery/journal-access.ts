/** Opening, continuing, reading and beginning the journal of a stream. */
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { Journal, type JournalOptions, recordOf } from './journal.ts';
import { checkJournal, type JournalHeader, loadJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';
import type { Stretch } from './stretches.ts';

/**
 * Opens the journal of a stream, or begins it. One that lost its end, as in a power cut, takes what it can't
 * know for sent perhaps.
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
 * Opens the journal of a stream that goes on from its checkpoint, or from the one that it announced.
 * Where nothing was sent since, it may go on to a service with another number of partitions.
 * @throws InputError as `openJournal` does; if events were sent since, also to another number of partitions
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

/** What is known of a stream whose journal begins anew. */
export interface JournalBeginning {
  readonly base: string;
  readonly world: string;
  readonly partitions: number;
  readonly ledger: Record<string, number[]>;
  /** Simulated time up to which events may have been sent, epoch ms. */
  readonly doubtfulToMs: number;
}

/** Writes a journal in place of one that can't be used. @throws OutputError */
export function beginJournal(file: string, { ledger, ...head }: JournalBeginning): void {
  const state = recordOf({ settled: [], sent: [], ledger });
  const header: JournalHeader = { journal: 2, edition: 1, ...head, ...(state && { state }) };
  writeFileAtomic(file, journalLine(header));
}

/** What a journal says, as it was written; the publisher may be at work. */
export interface JournalState {
  readonly world: string;
  /** The checkpoint that it starts from, and the one that is about to be taken. */
  readonly base: string;
  readonly nextBase: string | undefined;
  readonly partitions: number;
  /** Types of the events that are sent since the checkpoint; undefined for all. */
  readonly types: readonly string[] | undefined;
  /** Stretches of simulated time that were streamed, epoch ms; the last one is not over. */
  readonly stretches: readonly Stretch[];
  /** Simulated time that the stream may have come to, epoch ms. */
  readonly reachedMs: number | undefined;
  readonly ledger: Ledger;
}

/** Reads a journal without opening it, if there is one. @throws InputError if it is damaged */
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
