/** The unmodified client sends and asks. */
import { EventHubBufferedProducerClient } from '@azure/event-hubs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partitionOfKey } from '../../src/hub/partition-key.ts';
import { MAX_MESSAGE_BYTES } from '../../src/hub/refusals.ts';
import {
  closed,
  EARLIEST,
  ENTITY,
  json,
  receive,
  send,
  stored,
  testConsumer,
  testHub,
  testProducer,
} from './clients.ts';

it('stores the events of a batch in order, with properties and annotations', async () => {
  const hub = await testHub({ clock: () => 1_700_000_000_123 });
  const producer = testProducer(hub);
  const batch = await producer.createBatch({ partitionId: '2' });
  for (const n of [1, 2, 3]) {
    batch.tryAdd({
      body: json({ n }),
      contentType: 'application/json',
      properties: { event_type: 'receipt_created', n, exact: true },
    });
  }
  await producer.sendBatch(batch);
  const events = hub.partition(ENTITY, 2);
  expect(events.map(({ body }) => String(body))).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
  expect(events.map(({ sequenceNumber }) => sequenceNumber)).toEqual([0, 1, 2]);
  expect(events[1].applicationProperties).toEqual({
    event_type: 'receipt_created',
    n: 2,
    exact: true,
  });
  expect(events[2].annotations).toEqual({
    'x-opt-sequence-number': 2,
    'x-opt-offset': events[2].offset,
    'x-opt-enqueued-time': new Date(1_700_000_000_123),
  });
  expect(hub.stats()).toMatchObject({ connections: 1, incomingEvents: 3 });
});

it('spreads keys as Event Hubs does, and batches without a key in turn', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  for (const key of ['S1', 'DC-4', 'Straße']) {
    await send(producer, [key], { partitionKey: key });
    const events = hub.partition(ENTITY, partitionOfKey(key, 8));
    const found = events.filter(({ body }) => String(body) === JSON.stringify(key));
    expect(found.map(({ partitionKey }) => partitionKey)).toEqual([key]);
  }
  const before = hub.stats().perPartition.map(({ events }) => events);
  for (let n = 0; n < 8; n++) await send(producer, [n], {});
  const after = hub.stats().perPartition.map(({ events }) => events);
  expect(after.map((events, index) => events - before[index])).toEqual(Array(8).fill(1));
});

it('returns events as they were sent', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  const consumer = testConsumer(hub);
  const property = fc.oneof(fc.string(), fc.boolean(), fc.integer({ min: -1000, max: 1000 }));
  const event = fc.record({
    body: fc.uint8Array({ maxLength: 200 }),
    properties: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), property, {
      noNullPrototype: true,
      maxKeys: 4,
    }),
  });
  let start = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (sent) => {
      const events = sent.map(({ body, properties }) => ({ body: Buffer.from(body), properties }));
      await producer.sendBatch(events, { partitionId: '5' });
      const position = { sequenceNumber: start, isInclusive: true };
      start += events.length;
      const options = { partition: '5', skipParsingBodyAsJson: true };
      const got = await receive(consumer, events.length, position, options);
      expect(got.map(({ body }) => Buffer.from(body))).toEqual(events.map(({ body }) => body));
      expect(got.map(({ properties }) => ({ ...properties }))).toEqual(
        events.map(({ properties }) => properties),
      );
    }),
    { numRuns: 12 },
  );
});

it('works with the buffered producer', async () => {
  const hub = await testHub();
  const failures: unknown[] = [];
  const producer = new EventHubBufferedProducerClient(hub.connectionString(ENTITY), {
    onSendEventsErrorHandler: async ({ error }) => void failures.push(error),
    maxWaitTimeInMs: 50,
  });
  for (let n = 0; n < 300; n++) await producer.enqueueEvent({ body: { n } });
  await producer.flush();
  await closed(producer.close());
  expect(failures).toEqual([]);
  const all = Array.from({ length: 8 }, (_, partition) => stored(hub, partition)).flat();
  expect(new Set(all.map((body) => (body as { n: number }).n)).size).toBe(300);
});

it('reports the properties of the hub and of its partitions', async () => {
  let nowMs = 1_600_000_000_000;
  const hub = await testHub({ clock: () => nowMs });
  const producer = testProducer(hub);
  expect(await producer.getEventHubProperties()).toEqual({
    name: ENTITY,
    createdOn: new Date(nowMs),
    partitionIds: ['0', '1', '2', '3', '4', '5', '6', '7'],
    isGeoDrEnabled: false,
  });
  expect(await producer.getPartitionProperties('0')).toMatchObject({
    beginningSequenceNumber: 0,
    lastEnqueuedSequenceNumber: -1,
    lastEnqueuedOffset: '-1',
    isEmpty: true,
  });
  nowMs += 5_000;
  await send(producer, [1, 2, 3]);
  expect(await producer.getPartitionProperties('0')).toMatchObject({
    beginningSequenceNumber: 0,
    lastEnqueuedSequenceNumber: 2,
    lastEnqueuedOffset: hub.partition(ENTITY, 0)[2].offset,
    lastEnqueuedOnUtc: new Date(nowMs),
    isEmpty: false,
    partitionId: '0',
    eventHubName: ENTITY,
  });
});

it('enforces the maximum size, however the batch was created', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  const batch = await producer.createBatch({ partitionId: '0' });
  expect(batch.maxSizeInBytes).toBe(MAX_MESSAGE_BYTES);
  const half = Buffer.alloc(MAX_MESSAGE_BYTES / 2 - 100);
  expect(batch.tryAdd({ body: half })).toBe(true);
  expect(batch.tryAdd({ body: half })).toBe(true);
  expect(batch.tryAdd({ body: half })).toBe(false);
  await producer.sendBatch(batch);
  const large = [half, half, half].map((body) => ({ body }));
  await expect(producer.sendBatch(large, { partitionId: '0' })).rejects.toMatchObject({
    code: 'MessageTooLargeError',
  });
  // The link goes on, and the refusal stays with the batch that earned it.
  await Promise.all([
    send(producer, ['before']),
    expect(producer.sendBatch(large, { partitionId: '0' })).rejects.toThrow(),
    send(producer, ['after']),
  ]);
  expect(hub.partition(ENTITY, 0)).toHaveLength(4);
});

it.each([
  ['an event hub', 'nowhere', '0', 'MessagingEntityNotFoundError', /could not be found/],
  ['a partition', ENTITY, '8', 'ArgumentOutOfRangeError', /partition is invalid.*between 0 and 7/],
])('says that %s does not exist', async (_, entity, partitionId, code, message) => {
  const hub = await testHub();
  const producer = testProducer(hub, entity);
  await expect(producer.sendBatch([{ body: json(1) }], { partitionId })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
  await expect(producer.getPartitionProperties(partitionId)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

it('knows event hubs whatever the case of their names', async () => {
  const hub = await testHub();
  await send(testProducer(hub, 'Retail-EVENTS'), ['x'], { partitionId: '1' });
  expect(stored(hub, 1)).toEqual(['x']);
  const [event] = await receive(testConsumer(hub, 'TAIL'), 1, EARLIEST, { partition: '1' });
  expect(event.body).toBe('x');
});

it('serves many connections at once', async () => {
  const hub = await testHub();
  const producers = Array.from({ length: 24 }, () => testProducer(hub, ENTITY, 20_000));
  await Promise.all(
    producers.map(async (producer, index) => {
      for (let n = 0; n < 5; n++) await send(producer, [{ index, n }], { partitionId: '3' });
    }),
  );
  expect(hub.stats().connections).toBe(24);
  const seen = stored(hub, 3) as { index: number; n: number }[];
  for (let index = 0; index < 24; index++) {
    expect(seen.filter((event) => event.index === index).map(({ n }) => n)).toEqual([
      0, 1, 2, 3, 4,
    ]);
  }
});
