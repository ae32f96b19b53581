/** Our encoder writes what the SDK's would, byte for byte. */
import type { EventHubProducerClient } from '@azure/event-hubs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ENVELOPE_BYTES, MessageHeads } from '../../../src/sinks/event-hubs/amqp-batch.ts';
import { EventHubsSink } from '../../../src/sinks/event-hubs/event-hubs.ts';
import type { OutgoingEvent } from '../../../src/envelopes/outgoing-event.ts';
import {
  ENTITY,
  EARLIEST,
  receive,
  testConsumer,
  testHub,
  testProducer,
} from '../../hub/clients.ts';
import { connectionTo } from '../../delivery/fixtures.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const event: fc.Arbitrary<OutgoingEvent> = fc.record({
  eventId: fc.constant('id'),
  worldId: fc.constantFrom('', '0123456789abcdef', 'fedcba9876543210'),
  eventType: text,
  partitionKey: text,
  eventMs: fc.constant(0),
  body: fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes)),
});

interface SdkBatch {
  _batchAnnotations: unknown;
  _generateMessage(properties: object): Buffer;
}

it('equals the encoding of the SDK, and knows its size', async () => {
  const hub = await testHub();
  const producer: EventHubProducerClient = testProducer(hub);
  const property = fc.asyncProperty(
    fc.array(event, { minLength: 1, maxLength: 5 }),
    async (events) => {
      const batch = await producer.createBatch({ partitionId: '0' });
      for (const { body, eventType, partitionKey, worldId } of events) {
        const message = {
          body,
          bodyType: 'data' as const,
          messageAnnotations: { 'x-opt-partition-key': partitionKey },
          properties: { contentType: 'application/json' },
          applicationProperties: {
            event_type: eventType,
            ...(worldId !== '' && { world_id: worldId }),
          },
        };
        expect(batch.tryAdd(message)).toBe(true);
      }
      // The SDK puts the first event's annotations on the envelope too: the other keys are not its.
      const theirs = batch as unknown as SdkBatch;
      theirs._batchAnnotations = undefined;
      const heads = new MessageHeads();
      const ours = heads.encode(events);
      expect(ours.equals(theirs._generateMessage({}))).toBe(true);
      const sizes = events.map((one) => heads.eventBytes(one));
      expect(ours.length).toBe(sizes.reduce((sum, size) => sum + size, ENVELOPE_BYTES));
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

it('arrives with body, type, content type and partition key', async () => {
  const hub = await testHub();
  const sink = new EventHubsSink({
    connection: connectionTo(hub.connectionString(ENTITY)),
    sendTimeoutMs: 2_000,
  });
  await sink.open();
  const body = { total: 12.5, name: 'Grüße' };
  await sink.send(3, [
    {
      eventId: '1',
      worldId: '0123456789abcdef',
      eventType: 'receipt_created',
      partitionKey: 'S17',
      eventMs: 0,
      body: Buffer.from(JSON.stringify(body)),
    },
  ]);
  await sink.close();
  const [received] = await receive(testConsumer(hub), 1, EARLIEST, { partition: '3' });
  expect(received).toMatchObject({
    body,
    contentType: 'application/json',
    partitionKey: 'S17',
    properties: { event_type: 'receipt_created', world_id: '0123456789abcdef' },
  });
});
