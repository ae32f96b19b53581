/** A batch as a client sends it. One scan finds its parts, without decoding any event. */
import {
  binaryContent,
  integerAt,
  MalformedMessage,
  mapEntries,
  skipValue,
  textAt,
} from './amqp-values.ts';
import { SECTION, SectionReader } from './sections.ts';

/** Message format of an Event Hubs batch: every data section is an encoded message of its own. */
export const BATCH_FORMAT = 0x80013700;

export const ANNOTATION = {
  sequenceNumber: 'x-opt-sequence-number',
  offset: 'x-opt-offset',
  enqueuedTime: 'x-opt-enqueued-time',
  partitionKey: 'x-opt-partition-key',
} as const;

/** Annotations that the hub sets itself; a client's values for them are dropped. */
const STAMPED: ReadonlySet<string | undefined> = new Set([
  ANNOTATION.sequenceNumber,
  ANNOTATION.offset,
  ANNOTATION.enqueuedTime,
]);

export const PRODUCER = {
  id: 'com.microsoft:producer-id',
  epoch: 'com.microsoft:producer-epoch',
  sequence: 'com.microsoft:producer-sequence-number',
} as const;

/** Positions of the parts of one encoded event in the batch. */
export interface EventLayout {
  readonly start: number;
  /** The section of message annotations. If there is none, an empty range at the place where it belongs. */
  readonly annotationsStart: number;
  readonly annotationsEnd: number;
  /** Entries to keep, as a sequence of [from, to) ranges. */
  readonly kept: readonly number[];
  readonly keptBytes: number;
  /** Number of keys and values in `kept`. */
  readonly keptCount: number;
  readonly hasPartitionKey: boolean;
  readonly end: number;
}

/** The numbers with which an idempotent producer marks a batch. */
export interface ProducerMark {
  readonly id: number | undefined;
  readonly epoch: number | undefined;
  /** Sequence number of the first event. */
  readonly sequence: number;
}

export interface Batch {
  readonly bytes: Buffer;
  readonly events: readonly EventLayout[];
  readonly partitionKey: string | undefined;
  readonly producer: ProducerMark | undefined;
}

const NONE: readonly number[] = [];
/** Encodes a name as a short symbol, including its size. */
const PARTITION_KEY = Buffer.from(`\xa3\x13${ANNOTATION.partitionKey}`, 'latin1');
const envelope = new SectionReader();
const inner = new SectionReader();

/**
 * Scans a batch, or a single message if the format is a different one. Throws MalformedMessage.
 * @param format message format of the transfer
 */
export function scanBatch(bytes: Buffer, format: number | undefined): Batch {
  const events: EventLayout[] = [];
  const isBatch = format === BATCH_FORMAT;
  let annotations = -1;
  envelope.open(bytes, 0, bytes.length);
  while (envelope.step()) {
    if (envelope.code === SECTION.messageAnnotations) annotations = envelope.value;
    else if (isBatch && envelope.code === SECTION.data) {
      const { start, end } = binaryContent(bytes, envelope.value, envelope.next);
      events.push(scanEvent(bytes, start, end));
    }
  }
  if (!isBatch) events.push(scanEvent(bytes, 0, bytes.length));
  if (events.length === 0) throw new MalformedMessage('the batch holds no event');
  return { bytes, events, ...marks(bytes, annotations) };
}

function scanEvent(bytes: Buffer, start: number, end: number): EventLayout {
  let annotationsStart = start;
  let annotationsEnd = start;
  let entries = -1;
  let hasBody = false;
  inner.open(bytes, start, end);
  while (inner.step()) {
    if (inner.code < SECTION.messageAnnotations) annotationsStart = annotationsEnd = inner.next;
    else if (inner.code === SECTION.messageAnnotations) {
      annotationsEnd = inner.next;
      entries = inner.value;
    } else if (inner.code >= SECTION.data && inner.code <= SECTION.value) hasBody = true;
  }
  if (!hasBody) throw new MalformedMessage('an event has no body');
  const kept =
    entries === -1
      ? { kept: NONE, keptBytes: 0, keptCount: 0, hasPartitionKey: false }
      : keptEntries(bytes, entries, annotationsEnd);
  return { start, annotationsStart, annotationsEnd, end, ...kept };
}

function keptEntries(bytes: Buffer, at: number, sectionEnd: number) {
  const { start, end, count } = mapEntries(bytes, at, sectionEnd);
  const kept: number[] = [];
  let keptBytes = 0;
  let keptCount = 0;
  let hasPartitionKey = false;
  let from = start;
  let entries = 0;
  while (from < end) {
    const value = skipValue(bytes, from, end);
    const to = skipValue(bytes, value, end);
    // Most events have only this annotation, so it is compared without making a string.
    const isPartitionKey = isSymbol(bytes, from, value, PARTITION_KEY);
    if (isPartitionKey || !STAMPED.has(textAt(bytes, from, value))) {
      if (isPartitionKey || textAt(bytes, from, value) === ANNOTATION.partitionKey) {
        hasPartitionKey = true;
      }
      if (kept.at(-1) === from) kept[kept.length - 1] = to;
      else kept.push(from, to);
      keptBytes += to - from;
      keptCount += 2;
    }
    from = to;
    entries += 2;
  }
  if (entries !== count)
    throw new MalformedMessage('a map does not hold as many entries as it says');
  return { kept, keptBytes, keptCount, hasPartitionKey };
}

function isSymbol(bytes: Buffer, start: number, end: number, symbol: Buffer): boolean {
  if (end - start !== symbol.length) return false;
  for (let index = 0; index < symbol.length; index++) {
    if (bytes[start + index] !== symbol[index]) return false;
  }
  return true;
}

/** Returns what the annotations of the envelope say about the whole batch. */
function marks(bytes: Buffer, at: number): Pick<Batch, 'partitionKey' | 'producer'> {
  if (at === -1) return { partitionKey: undefined, producer: undefined };
  const { start, end } = mapEntries(bytes, at, bytes.length);
  let partitionKey: string | undefined;
  let id: number | undefined;
  let epoch: number | undefined;
  let sequence: number | undefined;
  for (let from = start; from < end; ) {
    const value = skipValue(bytes, from, end);
    const key = textAt(bytes, from, value);
    if (key === ANNOTATION.partitionKey) partitionKey = textAt(bytes, value, end);
    else if (key === PRODUCER.id) id = integerAt(bytes, value, end);
    else if (key === PRODUCER.epoch) epoch = integerAt(bytes, value, end);
    else if (key === PRODUCER.sequence) sequence = integerAt(bytes, value, end);
    from = skipValue(bytes, value, end);
  }
  return { partitionKey, producer: sequence === undefined ? undefined : { id, epoch, sequence } };
}
