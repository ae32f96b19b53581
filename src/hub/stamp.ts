/** Stamps the events of a batch with their positions in the partition, copying each byte once. */
import { ANNOTATION, type Batch, type EventLayout } from './batch.ts';

/** A stored batch: each event is a complete encoded message, one after the other. */
export interface StoredBatch {
  readonly firstSequence: number;
  /** Offset of the first event: the number of bytes sent to the partition before it. */
  readonly firstOffset: number;
  /** Offset after the last event. */
  readonly endOffset: number;
  readonly enqueuedMs: number;
  readonly bytes: Buffer;
  /** End of each event in `bytes`. */
  readonly ends: Uint32Array;
  /** Offset of each event, relative to `firstOffset`. */
  readonly offsets: Uint32Array;
}

export interface Place {
  readonly firstSequence: number;
  readonly firstOffset: number;
  readonly enqueuedMs: number;
}

/** Key and type code before each value: sym8 key, then long, str8, timestamp, str8 or str32. */
const BEFORE_SEQUENCE = entryHead(ANNOTATION.sequenceNumber, 0x81);
const BEFORE_OFFSET = entryHead(ANNOTATION.offset, 0xa1);
const BEFORE_TIME = entryHead(ANNOTATION.enqueuedTime, 0x83);
/** Descriptor, type code, size and count of a map32. */
const SECTION_HEAD_BYTES = 3 + 1 + 4 + 4;
/** Length of all three entries without the digits of the offset. */
const ENTRIES_BYTES =
  BEFORE_SEQUENCE.length + 8 + BEFORE_OFFSET.length + 1 + BEFORE_TIME.length + 8;

/** Positions, in the entries, of the sequence number and of the digits of the offset. */
const SEQUENCE_AT = BEFORE_SEQUENCE.length;
const OFFSET_AT = SEQUENCE_AT + 8 + BEFORE_OFFSET.length + 1;
const SHORT_BYTES = 48;
const ZERO = 0x30;

/** Stamps `batch` with the positions it gets. */
export function stampBatch(batch: Batch, place: Place): StoredBatch {
  const { events, bytes: source } = batch;
  const { firstSequence, firstOffset, enqueuedMs } = place;
  const keyEntry = partitionKeyEntry(batch.partitionKey);
  const ends = new Uint32Array(events.length);
  const offsets = new Uint32Array(events.length);
  let total = 0;
  let offset = 0;
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    offsets[index] = offset;
    total += stampedBytes(event, keyEntry, firstOffset + offset);
    ends[index] = total;
    offset += event.end - event.start;
  }
  // Not from the pool of small buffers: a stored batch would keep the whole pool alive.
  const bytes = Buffer.allocUnsafeSlow(total);
  let entries = stampEntries(1, enqueuedMs);
  for (let index = 0; index < events.length; index++) {
    const event = events[index];
    let at = index === 0 ? 0 : ends[index - 1];
    at = copyShort(bytes, at, source, event.start, event.annotationsStart);
    const eventOffset = firstOffset + offsets[index];
    const digits = digitsOf(eventOffset);
    at = writeHead(bytes, at, event, keyEntry, digits);
    for (let range = 0; range < event.kept.length; range += 2) {
      at = copyShort(bytes, at, source, event.kept[range], event.kept[range + 1]);
    }
    // Neighbouring offsets usually have the same number of digits.
    if (entries.length !== ENTRIES_BYTES + digits) entries = stampEntries(digits, enqueuedMs);
    bytes.set(entries, at);
    writeLong(bytes, at + SEQUENCE_AT, firstSequence + index);
    writeDigits(bytes, at + OFFSET_AT, digits, eventOffset);
    at += entries.length;
    if (keyEntry !== undefined && !event.hasPartitionKey) at += keyEntry.copy(bytes, at);
    source.copy(bytes, at, event.annotationsEnd, event.end);
  }
  const endOffset = firstOffset + offset;
  return { firstSequence, firstOffset, endOffset, enqueuedMs, bytes, ends, offsets };
}

function stampedBytes(event: EventLayout, keyEntry: Buffer | undefined, offset: number): number {
  const added = keyEntry !== undefined && !event.hasPartitionKey ? keyEntry.length : 0;
  return (
    event.end -
    event.start -
    (event.annotationsEnd - event.annotationsStart) +
    SECTION_HEAD_BYTES +
    event.keptBytes +
    ENTRIES_BYTES +
    digitsOf(offset) +
    added
  );
}

function writeHead(
  bytes: Buffer,
  start: number,
  event: EventLayout,
  keyEntry: Buffer | undefined,
  digits: number,
): number {
  const addsKey = keyEntry !== undefined && !event.hasPartitionKey;
  let at = start;
  bytes[at++] = 0x00;
  bytes[at++] = 0x53;
  bytes[at++] = 0x72;
  bytes[at++] = 0xd1;
  const content = event.keptBytes + ENTRIES_BYTES + digits + (addsKey ? keyEntry.length : 0);
  at = bytes.writeUInt32BE(content + 4, at);
  return bytes.writeUInt32BE(event.keptCount + (addsKey ? 8 : 6), at);
}

/** Returns the three entries with room for sequence number and offset, which has the given number of digits. */
function stampEntries(digits: number, enqueuedMs: number): Buffer {
  const entries = Buffer.alloc(ENTRIES_BYTES + digits);
  BEFORE_SEQUENCE.copy(entries);
  BEFORE_OFFSET.copy(entries, SEQUENCE_AT + 8);
  entries[OFFSET_AT - 1] = digits;
  BEFORE_TIME.copy(entries, OFFSET_AT + digits);
  writeLong(entries, entries.length - 8, enqueuedMs);
  return entries;
}

/** Copies a few bytes, for which `Buffer.copy` is slower. Returns the end of the copy. */
function copyShort(bytes: Buffer, start: number, source: Buffer, from: number, to: number): number {
  if (to - from > SHORT_BYTES) return start + source.copy(bytes, start, from, to);
  let at = start;
  for (let index = from; index < to; index++) bytes[at++] = source[index];
  return at;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return digits;
}

function writeDigits(bytes: Buffer, at: number, digits: number, value: number): void {
  let rest = value;
  for (let index = at + digits - 1; index >= at; index--) {
    const quotient = Math.floor(rest / 10);
    bytes[index] = ZERO + rest - quotient * 10;
    rest = quotient;
  }
}

function writeLong(bytes: Buffer, at: number, value: number): number {
  const high = Math.floor(value / 0x1_0000_0000);
  bytes.writeInt32BE(high, at);
  return bytes.writeUInt32BE(value - high * 0x1_0000_0000, at + 4);
}

function entryHead(key: string, typeCode: number): Buffer {
  return Buffer.concat([Buffer.of(0xa3, key.length), Buffer.from(key), Buffer.of(typeCode)]);
}

function partitionKeyEntry(key: string | undefined): Buffer | undefined {
  if (key === undefined) return undefined;
  const text = Buffer.from(key);
  const long = text.length > 255;
  const size = Buffer.alloc(long ? 4 : 1);
  if (long) size.writeUInt32BE(text.length);
  else size[0] = text.length;
  return Buffer.concat([entryHead(ANNOTATION.partitionKey, long ? 0xb1 : 0xa1), size, text]);
}
