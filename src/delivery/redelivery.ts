/** Updates the ledger of a stream when dead letters are sent again. */
import { AppendFile } from './append-file.ts';
import type { DeadLetter } from './dead-letter.ts';
import { loadJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';

/** A ledger that can be stored. */
export interface LedgerAccount {
  readonly ledger: Ledger;
  /** Stores the changes of the ledger. @throws OutputError */
  flush(): void;
}

/**
 * Counts a letter that was delivered in a replay, or refused again. At every instant a letter counts as dead letter
 * or as acknowledged, never as both.
 * @param outcome wasSent: whether it was sent in this replay; further retries are counted in `replayDeadLetters`
 */
export function countRedelivery(
  ledger: Ledger,
  letter: DeadLetter,
  { delivered, wasSent }: { readonly delivered: boolean; readonly wasSent: boolean },
): void {
  const { eventType } = letter.event;
  // The ledger was lost and does not count this letter.
  if (ledger.row(eventType).deadLettered === 0) return;
  const type = ledger.typeIndex(eventType);
  if (wasSent) {
    // An event too large for any batch was not sent before.
    ledger.add(letter.attempts === 0 ? 'sent' : 'retried', type);
    // It is unknown whether the interrupted replay had sent it.
    if (letter.resent === true) ledger.add('possiblyRepeated', type);
  }
  if (!delivered) return;
  ledger.add('deadLettered', type, -1);
  ledger.add('acknowledged', type);
}

/**
 * Returns the ledger in the journal of a stopped stream. Without a journal it is empty and not stored.
 * @throws InputError if the journal is damaged
 */
export function endedAccount(file: string): LedgerAccount {
  const ledger = new Ledger();
  const found = loadJournal(file);
  for (const record of found?.records ?? []) ledger.load(record.ledger ?? {});
  ledger.takeChanges();
  let size = found?.wholeBytes ?? 0;
  const flush = () => {
    const changes = ledger.takeChanges();
    if (found === undefined || Object.keys(changes).length === 0) return;
    const output = new AppendFile(file, size);
    try {
      output.append(Buffer.from(journalLine({ ledger: changes })));
      output.syncNow();
      size = output.size;
    } finally {
      output.closeNow();
    }
  };
  return { ledger, flush };
}
