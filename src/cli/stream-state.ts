/** What `sim status` shows about a world's stream. */
import { formatInstant } from '../engine/time.ts';
import type { WorldPaths } from '../store/paths.ts';
import { readReached } from '../delivery/frontier.ts';
import { type JournalState, readJournal } from '../delivery/journal-access.ts';
import { ledgerText } from './stream-report.ts';

/** Returns it for machines; undefined for a world that was never streamed. @throws InputError for damaged files */
export function streamStateJson(paths: WorldPaths) {
  const journal = readJournal(paths.journal);
  if (journal === undefined) return undefined;
  return {
    deliveredTo: formatInstant(Number(journal.base)),
    frontier: formatInstant(frontierOf(journal, paths)),
    stretches: stretchesOf(journal, paths).map(([from, to]) => ({
      from: formatInstant(from),
      to: formatInstant(to),
    })),
    total: journal.ledger.total(),
    byType: journal.ledger.rows(),
  };
}

/** Describes how far a stream has come and what happened to its events. @throws InputError for damaged files */
export function streamStateText(paths: WorldPaths): string {
  const journal = readJournal(paths.journal);
  if (journal === undefined) return '';
  const baseMs = Number(journal.base);
  const frontierMs = frontierOf(journal, paths);
  const pending =
    frontierMs > baseMs
      ? `; what is pending up to ${formatInstant(frontierMs)} is sent by the next run`
      : '';
  const stretches = stretchesOf(journal, paths)
    .map(([from, to]) => `Streamed   ${formatInstant(from)} to ${formatInstant(to)}\n`)
    .join('');
  return (
    `Stream     delivered up to ${formatInstant(baseMs)}${pending}\n` +
    `${stretches}${ledgerText(journal.ledger)}`
  );
}

function frontierOf(journal: JournalState, paths: WorldPaths): number {
  return Math.max(Number(journal.base), readReached(paths.frontier) ?? 0);
}

/** Simulated time that was streamed, not only written to files; the last stretch ends at the frontier. */
function stretchesOf(journal: JournalState, paths: WorldPaths): [from: number, to: number][] {
  return journal.stretches.map(([from, to]) => [from, to ?? frontierOf(journal, paths)]);
}
