/** What `sim status` shows about a world's stream. */
import { formatInstant } from '../engine/time.ts';
import type { WorldPaths } from '../store/paths.ts';
import { readJournal } from '../delivery/journal-access.ts';
import { frontierOf, streamedPeriods } from '../stream/stream-state.ts';
import { ledgerText } from './stream-report.ts';

/** Describes how far a stream has come and what happened to its events. @throws InputError for damaged files */
export function streamStateText(paths: WorldPaths): string {
  const journal = readJournal(paths.journal);
  if (journal === undefined) return '';
  const baseMs = Number(journal.base);
  const frontierMs = frontierOf(journal, paths);
  const pending =
    frontierMs > baseMs
      ? `; the next run sends the pending events up to ${formatInstant(frontierMs)}`
      : '';
  const periods = streamedPeriods(journal, paths)
    .map(([from, to]) => `Streamed   ${formatInstant(from)} to ${formatInstant(to)}\n`)
    .join('');
  return (
    `Stream     delivered up to ${formatInstant(baseMs)}${pending}\n` +
    `${periods}${ledgerText(journal.ledger)}`
  );
}
