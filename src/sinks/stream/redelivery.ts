/** What the ledger of a stream says once dead letters were delivered after all. */
import { AppendFile } from './append-file.ts';
import { loadJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';

/**
 * Counts dead letters of a stream that has ended as acknowledged. A world without a journal, or letters that
 * its ledger does not know, change nothing.
 * @param delivered how many, by event type
 * @throws InputError if the journal is damaged; OutputError
 */
export function countRedelivered(file: string, delivered: ReadonlyMap<string, number>): void {
  const found = loadJournal(file);
  if (found === undefined) return;
  const ledger = new Ledger();
  for (const record of found.records) ledger.load(record.ledger ?? {});
  ledger.takeChanges();
  for (const [name, letters] of delivered) {
    const events = Math.min(letters, ledger.row(name).deadLettered);
    if (events === 0) continue;
    const type = ledger.typeIndex(name);
    ledger.add('deadLettered', type, -events);
    ledger.add('acknowledged', type, events);
  }
  const changes = ledger.takeChanges();
  if (Object.keys(changes).length === 0) return;
  const output = new AppendFile(file, found.wholeBytes);
  try {
    output.append(Buffer.from(journalLine({ ledger: changes })));
    output.syncNow();
  } finally {
    output.closeNow();
  }
}
