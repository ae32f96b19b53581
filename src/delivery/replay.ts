/** Publishes dead letters again. */
import type { DeadLetter, DeadLetterBox } from './dead-letter.ts';
import type { DeadLetterFile } from './dead-letters.ts';
import type { Entry } from './lane.ts';
import type { Publisher } from './publisher.ts';
import { countRedelivery, type LedgerAccount } from './redelivery.ts';

export interface Replay {
  readonly delivered: number;
  /** Number of letters that were refused again. */
  readonly kept: number;
}

/** Creates the publisher of a replay, which closes it at the end. */
export type ReplayPublisher = (
  box: DeadLetterBox,
  onSettled: (batch: readonly Entry[]) => void,
) => Promise<Publisher>;

/**
 * Publishes every dead letter with its id, and keeps those that are refused again. Each one is counted
 * in the ledger when it is answered. If the replay is interrupted, letters without an answer stay, and
 * the next replay counts them as possibly sent.
 */
export async function replayDeadLetters(
  letters: DeadLetterFile,
  makePublisher: ReplayPublisher,
  account: LedgerAccount,
): Promise<Replay> {
  const all = new Map(letters.list().map((letter) => [letter.event.eventId, letter]));
  if (all.size === 0) return { delivered: 0, kept: 0 };
  const refused = new Map<string, DeadLetter>();
  /** New letters by event id; undefined if the event was delivered. */
  const changes = new Map<string, DeadLetter | undefined>();
  const settle = (id: string) => {
    const old = all.get(id);
    if (old === undefined || changes.has(id)) return;
    const letter = refused.get(id);
    const wasSent = letter === undefined || letter.attempts > 0;
    countRedelivery(account.ledger, old, { delivered: letter === undefined, wasSent });
    changes.set(
      id,
      letter && { ...letter, firstMs: old.firstMs, attempts: old.attempts + letter.attempts },
    );
  };
  const box: DeadLetterBox = {
    add: (more) => {
      for (const letter of more) refused.set(letter.event.eventId, letter);
    },
  };
  const publisher = await makePublisher(box, (batch) => {
    for (const { event } of batch) settle(event.eventId);
    account.flush();
  });
  try {
    letters.update(new Map([...all].map(([id, letter]) => [id, { ...letter, resent: true }])));
    let sequence = 0;
    for (const { event } of all.values()) {
      const room = publisher.offer(event, 0, sequence++);
      if (room !== true) await room;
    }
    await publisher.flush();
  } finally {
    await publisher.close();
    countRetries(account, publisher);
    // The ledger first: after a crash in between, a letter is sent again but not lost.
    account.flush();
    letters.update(changes);
  }
  const kept = [...changes.values()].filter((letter) => letter !== undefined).length;
  return { delivered: all.size - kept, kept };
}

/** Counts the retries of this replay, most of them after lost answers. */
function countRetries({ ledger }: LedgerAccount, publisher: Publisher): void {
  for (const [name, { retried, possiblyRepeated }] of Object.entries(publisher.ledger.rows())) {
    if (retried === 0) continue;
    const type = ledger.typeIndex(name);
    ledger.add('retried', type, retried);
    ledger.add('possiblyRepeated', type, possiblyRepeated);
  }
}
