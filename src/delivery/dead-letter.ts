/** An event that could not be delivered, and why; and its form as a line. */
import { InputError } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** `oversized`: larger than any batch may be. `rejected`: refused as malformed. */
export type DeadLetterCategory = 'oversized' | 'rejected';

export interface DeadLetter {
  readonly event: OutgoingEvent;
  readonly partition: number;
  readonly reason: string;
  readonly category: DeadLetterCategory;
  /** How often it was sent. */
  readonly attempts: number;
  /** When it was first given up, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Whether it is being sent again, or was when that ended half way: it may have been stored. */
  readonly resent?: true;
}

/** Takes what could not be delivered. */
export interface DeadLetterBox {
  /** Keeps letters for good; an event that is there already is not kept twice. @throws OutputError */
  add(letters: readonly DeadLetter[]): void;
}

/** Where the body begins: quotes inside a JSON text are escaped, so nothing before it looks the same. */
const BODY = ',"body":';
const CODED_BODY = ',"body_base64":"';

/** A letter as a line of JSON, without its end. The body is kept as it came, byte for byte. */
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

/** Reads a line. @throws InputError naming the line */
export function parseDeadLetter(line: string, place: string): DeadLetter {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw unreadable(place, 'it is not JSON');
  }
  const text = (key: string) => {
    const value = fields?.[key];
    if (typeof value !== 'string') throw unreadable(place, `${key} is no text`);
    return value;
  };
  const count = (key: string) => {
    const value = fields[key];
    if (!Number.isSafeInteger(value)) throw unreadable(place, `${key} is no whole number`);
    return value as number;
  };
  const instant = (key: string) => {
    const ms = Date.parse(text(key));
    if (Number.isNaN(ms)) throw unreadable(place, `${key} is no instant`);
    return ms;
  };
  const category = text('category');
  if (category !== 'oversized' && category !== 'rejected') {
    throw unreadable(place, `category is "${category}"`);
  }
  return {
    event: {
      // Letters of an earlier version don't tell it.
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
  // A replacement character may stand for bytes that were no UTF-8.
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
    `Cannot read the dead letter at ${place}: ${what}; expected a line as the stream writes it. ` +
      'Mend the line or remove it',
  );
}
