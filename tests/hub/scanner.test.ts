/** Batches are scanned and stamped without being decoded: nothing but the stamp may change. */
import fc from 'fast-check';
import rhea from 'rhea';
import { expect, it } from 'vitest';
import { MalformedMessage } from '../../src/hub/amqp-values.ts';
import { BATCH_FORMAT, scanBatch } from '../../src/hub/batch.ts';
import { type StoredBatch, stampBatch } from '../../src/hub/stamp.ts';

const { message } = rhea;
const STAMPS = ['x-opt-sequence-number', 'x-opt-offset', 'x-opt-enqueued-time'];
const KEY = 'x-opt-partition-key';

const scalar = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.integer(),
  fc.integer({ min: 2 ** 33, max: 2 ** 50 }),
  fc.boolean(),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  fc.constant(null),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 6 }), scalar, { maxKeys: 3, noNullPrototype: true }),
);
// A symbol is ASCII.
const symbol = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 300 }),
  fc.constantFrom(...STAMPS, KEY, 'x-opt-other'),
);
const annotations = fc.dictionary(symbol, value, { maxKeys: 5, noNullPrototype: true });
const bytes = fc.uint8Array({ maxLength: 300 }).map((content) => Buffer.from(content));
const body = fc.oneof(
  bytes.map((content) => message.data_section(content)),
  fc.array(bytes, { minLength: 2, maxLength: 3 }).map((parts) => message.data_sections(parts)),
  fc.array(scalar, { maxLength: 3 }).map((list) => message.sequence_section(list)),
  value,
);
const event = fc.record(
  {
    body,
    durable: fc.boolean(),
    ttl: fc.nat(),
    delivery_annotations: annotations,
    message_annotations: annotations,
    message_id: fc.string(),
    content_type: fc.constant('application/json'),
    application_properties: fc.dictionary(fc.string({ maxLength: 300 }), scalar, {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    footer: annotations,
  },
  { requiredKeys: ['body'] },
);
type Event = Record<string, unknown> & { message_annotations?: Record<string, unknown> };

const encode = (fields: object) => message.encode(fields as never);
const place = fc.record({
  firstSequence: fc.nat({ max: 2 ** 50 }),
  firstOffset: fc.nat({ max: 2 ** 50 }),
  enqueuedMs: fc.nat({ max: 2 ** 42 }),
});

function encodedBatch(events: readonly Event[], partitionKey?: string): Buffer {
  return encode({
    ...(partitionKey === undefined ? {} : { message_annotations: { [KEY]: partitionKey } }),
    body: message.data_sections(events.map((fields) => encode(fields))),
  });
}

function storedEvents({ bytes: all, ends }: StoredBatch): Buffer[] {
  return Array.from(ends, (end, index) => all.subarray(index === 0 ? 0 : ends[index - 1], end));
}

/** The annotations of an encoded event, and the event without them, whole. */
function cutAnnotations(encoded: Buffer, rest: Buffer): Buffer {
  const length = encoded.length - rest.length;
  for (let at = 0; at <= rest.length; at++) {
    const head = encoded.subarray(at, at + 3).toString('hex');
    const remaining = Buffer.concat([encoded.subarray(0, at), encoded.subarray(at + length)]);
    if (head === '005372' && remaining.equals(rest)) return encoded.subarray(at, at + length);
  }
  throw new Error('the event does not survive byte for byte');
}

it('adds the stamp to every event, and leaves the rest byte for byte', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.option(fc.string({ maxLength: 300 }), { nil: undefined }),
      place,
      (events, partitionKey, at) => {
        const batch = scanBatch(encodedBatch(events as Event[], partitionKey), BATCH_FORMAT);
        expect(batch.partitionKey).toBe(partitionKey);
        const result = stampBatch(batch, at);
        const stored = storedEvents(result);
        expect(stored).toHaveLength(events.length);
        let offset = at.firstOffset;
        stored.forEach((encoded, index) => {
          const { message_annotations: own, ...others } = events[index] as Event;
          const rest = encode(others);
          cutAnnotations(encoded, rest);
          const found = message.decode(encoded).message_annotations as Record<string, unknown>;
          // What decoding makes of the client's own annotations, the library says itself.
          const kept = own === undefined ? {} : decodedAnnotations(own);
          for (const stamp of STAMPS) delete kept[stamp];
          expect({ ...found }).toEqual({
            ...(partitionKey === undefined ? {} : { [KEY]: partitionKey }),
            ...kept,
            'x-opt-sequence-number': at.firstSequence + index,
            'x-opt-offset': String(offset),
            'x-opt-enqueued-time': new Date(at.enqueuedMs),
          });
          offset += encode(events[index]).length;
        });
        expect(result.endOffset).toBe(offset);
      },
    ),
    { numRuns: 300 },
  );
});

function decodedAnnotations(annotated: Record<string, unknown>): Record<string, unknown> {
  const encoded = encode({ message_annotations: annotated, body: 0 });
  return { ...(message.decode(encoded).message_annotations as Record<string, unknown>) };
}

it('accepts a single message as a batch of one', () => {
  fc.assert(
    fc.property(event, place, (fields, at) => {
      const encoded = encode(fields);
      const [stored] = storedEvents(stampBatch(scanBatch(encoded, 0), at));
      const { message_annotations: _, ...others } = fields as Event;
      cutAnnotations(stored, encode(others));
    }),
  );
});

it('reads descriptors that are written out', () => {
  const named = Buffer.concat([
    Buffer.from([0x00, 0xa3, 16]),
    Buffer.from('amqp:data:binary'),
    Buffer.from([0xa0, 1, 65]),
  ]);
  const long = Buffer.from([0x00, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x75, 0xa0, 1, 65]);
  for (const encoded of [named, long]) {
    const batch = scanBatch(encoded, undefined);
    expect(batch.events).toHaveLength(1);
    const [stored] = storedEvents(
      stampBatch(batch, { firstSequence: 0, firstOffset: 0, enqueuedMs: 0 }),
    );
    expect(stored.subarray(-encoded.length).equals(encoded)).toBe(true);
  }
});

it('refuses damaged batches as malformed, whatever the damage, and never reads beyond their end', () => {
  const damaged = fc
    .tuple(
      fc.array(event, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }),
      fc.nat(),
    )
    .map(([events, changes, cut]) => {
      const encoded = encodedBatch(events as Event[]);
      for (const [at, byte] of changes) encoded[at % encoded.length] = byte;
      return encoded.subarray(0, encoded.length - (cut % 3 === 0 ? cut % encoded.length : 0));
    });
  fc.assert(
    fc.property(fc.oneof(damaged, bytes), (encoded) => {
      try {
        const batch = scanBatch(encoded, BATCH_FORMAT);
        for (const { start, end } of batch.events) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(encoded.length);
        }
        stampBatch(batch, { firstSequence: 0, firstOffset: 0, enqueuedMs: 0 });
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessage);
      }
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['nothing at all', Buffer.alloc(0)],
  ['an envelope without events', encode({ message_annotations: { a: 1 }, body: 'x' })],
  ['an event that is no message', encode({ body: message.data_section(Buffer.from('x')) })],
  [
    'an event without a body',
    encode({ body: message.data_section(Buffer.from([0, 0x53, 0x70, 0x45])) }),
  ],
])('refuses %s', (_, encoded) => {
  expect(() => scanBatch(encoded, BATCH_FORMAT)).toThrow(MalformedMessage);
});
