/** Dead letters, published again. */
import type { DeadLetter, DeadLetterBox } from './dead-letter.ts';
import { listDeadLetters, replaceDeadLetters } from './dead-letters.ts';
import type { Publisher } from './publisher.ts';

export interface Replay {
  readonly delivered: number;
  /** Letters that could not be delivered this time either. */
  readonly kept: number;
}

/**
 * Publishes every dead letter, with the id it has, and keeps those that are refused again. Only one
 * process may work on the file. If it fails half way all letters stay: events may then be repeated.
 * @param makePublisher makes a publisher over the box given; it is closed at the end
 * @param onDelivered told how many were delivered, by event type, when they are out of the file
 */
export async function replayDeadLetters(
  file: string,
  makePublisher: (box: DeadLetterBox) => Promise<Publisher>,
  onDelivered: (byType: ReadonlyMap<string, number>) => void = () => {},
): Promise<Replay> {
  const letters = listDeadLetters(file);
  if (letters.length === 0) return { delivered: 0, kept: 0 };
  const again = new Map<string, DeadLetter>();
  const publisher = await makePublisher({
    add: (refused) => {
      for (const letter of refused) again.set(letter.event.eventId, letter);
    },
  });
  try {
    for (let sequence = 0; sequence < letters.length; sequence++) {
      const room = publisher.offer(letters[sequence].event, 0, sequence);
      if (room !== true) await room;
    }
    await publisher.flush();
  } finally {
    await publisher.close();
  }
  const delivered = new Map<string, number>();
  const kept = letters.flatMap((old) => {
    const { eventId, eventType } = old.event;
    const letter = again.get(eventId);
    if (letter === undefined) {
      delivered.set(eventType, (delivered.get(eventType) ?? 0) + 1);
      return [];
    }
    return [{ ...letter, firstMs: old.firstMs, attempts: old.attempts + letter.attempts }];
  });
  replaceDeadLetters(file, kept);
  onDelivered(delivered);
  return { delivered: letters.length - kept.length, kept: kept.length };
}
