/**
 * Encodes events as AMQP messages. The SDK's own encoder takes ten times as long for the same bytes, which
 * would be most of a stream's processor time; a property test compares both byte for byte.
 */
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';

const KEY_NAME = 'x-opt-partition-key';
const TYPE_NAME = 'event_type';
const WORLD_NAME = 'world_id';
/** Sections without content, as the SDK writes them. */
const EMPTY_HEADER = Buffer.of(0x00, 0x53, 0x70, 0x45);
const ENVELOPE = Buffer.concat([EMPTY_HEADER, Buffer.of(0x00, 0x53, 0x73, 0x45)]);
const DATA = Buffer.of(0x00, 0x53, 0x75);
const SHORT_BINARY = 0xa0;
const LONG_BINARY = 0xb0;
const LONGEST_SHORT = 255;
/** Limit of the caches. Keys and types are few; a stream with ever new ones must not fill the memory. */
const MOST_HEADS = 50_000;

/** Message properties: six absent fields, then the content type. */
const PROPERTIES = section(
  0x73,
  Buffer.concat([
    Buffer.of(0xd0),
    uint32(28),
    uint32(7),
    Buffer.of(0x40, 0x40, 0x40, 0x40, 0x40, 0x40),
    sized(0xa3, 0xb3, Buffer.from('application/json')),
  ]),
);

/** Bytes of a batch without its events. */
export const ENVELOPE_BYTES = ENVELOPE.length;

/** The part of a message before its body, by partition key and event type. */
export class MessageHeads {
  private readonly byKey = new Map<string, Buffer>();
  private readonly byType = new Map<string, Buffer>();
  /** World of the cached heads. A stream has one; dead letters of several versions may have more. */
  private worldId = '';

  /** Returns the header and the annotations with the partition key. */
  annotations(partitionKey: string): Buffer {
    return remembered(this.byKey, partitionKey, () => {
      const name = sized(0xa3, 0xb3, Buffer.from(KEY_NAME));
      return Buffer.concat([EMPTY_HEADER, mapSection(0x72, [[name, partitionKey]])]);
    });
  }

  /** Returns the message properties and application properties: the event's type, and its world if known. */
  properties({ eventType, worldId }: Pick<OutgoingEvent, 'eventType' | 'worldId'>): Buffer {
    if (worldId !== this.worldId) {
      this.byType.clear();
      this.worldId = worldId;
    }
    return remembered(this.byType, eventType, () => {
      const entries = [[textKey(TYPE_NAME), eventType] as const];
      if (worldId !== '') entries.push([textKey(WORLD_NAME), worldId]);
      return Buffer.concat([PROPERTIES, mapSection(0x74, entries)]);
    });
  }

  /** Returns the bytes of an event as a message. */
  messageBytes(event: OutgoingEvent): number {
    return (
      this.annotations(event.partitionKey).length +
      this.properties(event).length +
      dataBytes(event.body.length)
    );
  }

  /** Returns the bytes that an event adds to a batch. */
  eventBytes(event: OutgoingEvent): number {
    return dataBytes(this.messageBytes(event));
  }

  /** Returns the batch as one message: each event is a data section with an encoded message. */
  encode(batch: readonly OutgoingEvent[]): Buffer {
    const heads = new Array<Buffer>(2 * batch.length);
    let total = ENVELOPE.length;
    for (let index = 0; index < batch.length; index++) {
      const { partitionKey, body } = batch[index];
      const annotations = this.annotations(partitionKey);
      const properties = this.properties(batch[index]);
      heads[2 * index] = annotations;
      heads[2 * index + 1] = properties;
      total += dataBytes(annotations.length + properties.length + dataBytes(body.length));
    }
    const bytes = Buffer.allocUnsafe(total);
    let at = put(bytes, 0, ENVELOPE);
    for (let index = 0; index < batch.length; index++) {
      const { body } = batch[index];
      const annotations = heads[2 * index];
      const properties = heads[2 * index + 1];
      at = writeDataHead(
        bytes,
        at,
        annotations.length + properties.length + dataBytes(body.length),
      );
      at = put(bytes, at, annotations);
      at = put(bytes, at, properties);
      at = writeDataHead(bytes, at, body.length);
      at = put(bytes, at, body);
    }
    return bytes;
  }
}

/** Copies a piece and returns the position after it; `Buffer.copy` is slower for short pieces. */
function put(bytes: Buffer, at: number, piece: Buffer): number {
  bytes.set(piece, at);
  return at + piece.length;
}

function remembered(heads: Map<string, Buffer>, name: string, make: () => Buffer): Buffer {
  let head = heads.get(name);
  if (head === undefined) {
    if (heads.size >= MOST_HEADS) heads.clear();
    head = make();
    heads.set(name, head);
  }
  return head;
}

/** Returns the bytes of a data section. @param content bytes of its content */
function dataBytes(content: number): number {
  return DATA.length + (content <= LONGEST_SHORT ? 2 : 5) + content;
}

function writeDataHead(bytes: Buffer, start: number, content: number): number {
  let at = start;
  for (let index = 0; index < DATA.length; index++) bytes[at++] = DATA[index];
  if (content <= LONGEST_SHORT) {
    bytes[at++] = SHORT_BINARY;
    bytes[at++] = content;
    return at;
  }
  bytes[at++] = LONG_BINARY;
  return bytes.writeUInt32BE(content, at);
}

/** Returns a section that is a map with texts as values. */
function mapSection(code: number, entries: readonly (readonly [Buffer, string])[]): Buffer {
  const items = Buffer.concat(
    entries.flatMap(([key, text]) => [key, sized(0xa1, 0xb1, Buffer.from(text))]),
  );
  const head = [Buffer.of(0xd1), uint32(items.length + 4), uint32(2 * entries.length)];
  return section(code, Buffer.concat([...head, items]));
}

function textKey(name: string): Buffer {
  return sized(0xa1, 0xb1, Buffer.from(name));
}

function section(code: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x00, 0x53, code), value]);
}

/** Returns a value prefixed with its size, in one byte if possible. */
function sized(shortCode: number, longCode: number, value: Buffer): Buffer {
  const head =
    value.length <= LONGEST_SHORT
      ? Buffer.of(shortCode, value.length)
      : Buffer.concat([Buffer.of(longCode), uint32(value.length)]);
  return Buffer.concat([head, value]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
