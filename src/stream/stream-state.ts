/** Reads the state of a world's stream from its files. */
import { readReached } from '../delivery/frontier.ts';
import { type JournalState, readJournal } from '../delivery/journal-access.ts';
import { formatInstant } from '../engine/time.ts';
import type { WorldPaths } from '../store/paths.ts';

/** Returns the state of a stream; undefined if the world was never streamed. @throws InputError for damaged files */
export function readStreamState(paths: WorldPaths) {
  const journal = readJournal(paths.journal);
  if (journal === undefined) return undefined;
  return {
    deliveredTo: formatInstant(Number(journal.base)),
    frontier: formatInstant(frontierOf(journal, paths)),
    stretches: streamedPeriods(journal, paths).map(([from, to]) => ({
      from: formatInstant(from),
      to: formatInstant(to),
    })),
    total: journal.ledger.total(),
    byType: journal.ledger.rows(),
  };
}

export function frontierOf(journal: JournalState, paths: WorldPaths): number {
  return Math.max(Number(journal.base), readReached(paths.frontier) ?? 0);
}

/** Returns the periods that were streamed, and not only written to files; the last one ends at the frontier. */
export function streamedPeriods(
  journal: JournalState,
  paths: WorldPaths,
): [from: number, to: number][] {
  return journal.stretches.map(([from, to]) => [from, to ?? frontierOf(journal, paths)]);
}
