/** An event that could not be delivered, with the reason; and its form as a line. */
import { InputError } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** `oversized`: larger than the largest batch. `rejected`: refused as malformed. */
export type DeadLetterCategory = 'oversized' | 'rejected';

export interface DeadLetter {
  readonly event: OutgoingEvent;
  readonly partition: number;
  readonly reason: string;
  readonly category: DeadLetterCategory;
  /** Number of times that the event was sent. */
  readonly attempts: number;
  /** When it first became a dead letter, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Set while a replay sends it again; remains if the replay was interrupted: the event may have been stored. */
  readonly resent?: true;
}

/** Stores events that could not be delivered. */
export interface DeadLetterBox {
  /** Stores letters durably; an event that is already stored is skipped. @throws OutputError */
  add(letters: readonly DeadLetter[]): void;
}

/** Start of the body. Quotes inside a JSON string are escaped, so this text can't occur before it. */
const BODY = ',"body":';
const CODED_BODY = ',"body_base64":"';

/** Returns a letter as a line of JSON, without line end. The body is kept byte for byte. */
export function deadLetterLine(letter: DeadLetter): string {
  const { event, firstMs, lastMs } = letter;
  const head = JSON.stringify({
    world_id: event.worldId,
    event_id: event.eventId,
    event_type: event.eventType,
    partition_key: event.partitionKey,
    partition: letter.partition,
    reason: redact(letter.reason),
    category: letter.category,
    attempts: letter.attempts,
    first_time: new Date(firstMs).toISOString(),
    last_time: new Date(lastMs).toISOString(),
    event_time: new Date(event.eventMs).toISOString(),
    ...(letter.resent === true && { resent: true }),
  }).slice(0, -1);
  const text = event.body.toString('utf8');
  return isJsonLine(text)
    ? `${head}${BODY}${text}}`
    : `${head}${CODED_BODY}${event.body.toString('base64')}"}`;
}

/** Parses a line. @throws InputError naming the line */
export function parseDeadLetter(line: string, place: string): DeadLetter {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw unreadable(place, 'it is not JSON');
  }
  const text = (key: string) => {
    const value = fields?.[key];
    if (typeof value !== 'string') throw unreadable(place, `${key} is not a text`);
    return value;
  };
  const count = (key: string) => {
    const value = fields[key];
    if (!Number.isSafeInteger(value)) throw unreadable(place, `${key} is not a whole number`);
    return value as number;
  };
  const instant = (key: string) => {
    const ms = Date.parse(text(key));
    if (Number.isNaN(ms)) throw unreadable(place, `${key} is not an instant`);
    return ms;
  };
  const category = text('category');
  if (category !== 'oversized' && category !== 'rejected') {
    throw unreadable(place, `category is "${category}"`);
  }
  return {
    event: {
      // Letters of an earlier version don't contain it.
      worldId: fields.world_id === undefined ? '' : text('world_id'),
      eventId: text('event_id'),
      eventType: text('event_type'),
      partitionKey: text('partition_key'),
      eventMs: instant('event_time'),
      body: bodyOf(line, fields, place),
    },
    partition: count('partition'),
    reason: text('reason'),
    category,
    attempts: count('attempts'),
    firstMs: instant('first_time'),
    lastMs: instant('last_time'),
    ...(fields.resent === true && { resent: true }),
  };
}

function bodyOf(line: string, fields: Record<string, unknown>, place: string): Buffer {
  if (typeof fields.body_base64 === 'string') return Buffer.from(fields.body_base64, 'base64');
  const at = line.indexOf(BODY);
  if (at === -1) throw unreadable(place, 'it has no body');
  return Buffer.from(line.slice(at + BODY.length, -1));
}

function isJsonLine(text: string): boolean {
  // A replacement character may come from bytes that were not UTF-8.
  if (/[\r\n\ufffd]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function unreadable(place: string, what: string): InputError {
  return new InputError(
    `Cannot read the dead letter at ${place}: ${what}; expected a line as a stream writes it. ` +
      'Correct the line or remove it',
  );
}
