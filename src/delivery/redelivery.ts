/** What the ledger of a stream says once dead letters were sent again. */
import { AppendFile } from './append-file.ts';
import type { DeadLetter } from './dead-letter.ts';
import { loadJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';

/** A ledger, and how what it says is made to last. */
export interface LedgerAccount {
  readonly ledger: Ledger;
  /** @throws OutputError */
  flush(): void;
}

/**
 * Counts a letter that was delivered after all, or refused again. A letter is in the dead letters or
 * acknowledged at every instant, and never both.
 * @param wasSent whether it was sent this time; retries are counted by whoever made them
 */
export function countRedelivery(
  ledger: Ledger,
  letter: DeadLetter,
  { delivered, wasSent }: { readonly delivered: boolean; readonly wasSent: boolean },
): void {
  const { eventType } = letter.event;
  // A ledger that was lost knows of no letter: there is nothing to move.
  if (ledger.row(eventType).deadLettered === 0) return;
  const type = ledger.typeIndex(eventType);
  if (wasSent) {
    // What was too large for any batch was never sent before.
    ledger.add(letter.attempts === 0 ? 'sent' : 'retried', type);
    // Nobody knows whether the replay that ended half way had sent it.
    if (letter.resent === true) ledger.add('possiblyRepeated', type);
  }
  if (!delivered) return;
  ledger.add('deadLettered', type, -1);
  ledger.add('acknowledged', type);
}

/**
 * The ledger in the journal of a stream that has ended. Without a journal it is empty, and nothing is kept.
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
