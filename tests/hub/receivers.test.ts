/** The unmodified client receives: positions, groups, epochs, retention. */
import type { EventPosition, ReceivedEventData } from '@azure/event-hubs';
import { expect, it } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';
import {
  EARLIEST,
  ENTITY,
  receive,
  send,
  testConsumer,
  testHub,
  testProducer,
  until,
} from './clients.ts';

const numbers = (events: readonly ReceivedEventData[]) => events.map(({ body }) => body);
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => n + from);

/** Ten batches of ten numbers, a second apart. */
async function hundred(): Promise<Hub> {
  let nowMs = 1_700_000_000_000;
  const hub = await testHub({ clock: () => nowMs });
  const producer = testProducer(hub);
  for (let batch = 0; batch < 10; batch++) {
    await send(producer, upTo(10, batch * 10));
    nowMs += 1_000;
  }
  return hub;
}

it('begins at the requested position', async () => {
  const hub = await hundred();
  const consumer = testConsumer(hub);
  const { offset } = hub.partition(ENTITY, 0)[42];
  const positions: [EventPosition, number][] = [
    [EARLIEST, 0],
    [{ offset }, 43],
    [{ offset, isInclusive: true }, 42],
    [{ sequenceNumber: 67 }, 68],
    [{ sequenceNumber: 67, isInclusive: true }, 67],
    [{ enqueuedOn: 1_700_000_003_000 }, 40],
    [{ enqueuedOn: new Date(1_700_000_002_999) }, 30],
  ];
  for (const [position, first] of positions) {
    const events = await receive(consumer, 100 - first, position);
    expect(numbers(events), JSON.stringify(position)).toEqual(upTo(100 - first, first));
  }
});

it('refuses a position that no event has reached, as the service does', async () => {
  const hub = await hundred();
  const consumer = testConsumer(hub);
  const last = hub.partition(ENTITY, 0)[99];
  const beyond = Number(last.offset) + 1;
  const refusals: [EventPosition, string][] = [
    [
      { offset: String(beyond) },
      `offset '${beyond}' is invalid. The last offset in the system is '${last.offset}'`,
    ],
    [
      { offset: '999999', isInclusive: true },
      `offset '999999' is invalid. The last offset in the system is '${last.offset}'`,
    ],
    [
      { sequenceNumber: 100 },
      "sequence number '100' is invalid. The last sequence number in the system is '99'",
    ],
    [
      { sequenceNumber: 100, isInclusive: true },
      "sequence number '100' is invalid. The last sequence number in the system is '99'",
    ],
  ];
  for (const [position, text] of refusals) {
    await expect(receive(consumer, 1, position), JSON.stringify(position)).rejects.toMatchObject({
      code: 'ArgumentError',
      message: expect.stringContaining(`The supplied ${text}`),
    });
  }
  const nothing = { partition: '1' };
  await expect(receive(consumer, 1, { offset: '336' }, nothing)).rejects.toThrow(
    "The supplied offset '336' is invalid. The last offset in the system is '-1'",
  );
  // The last event itself has been reached: what comes after it is waited for.
  for (const position of [{ offset: last.offset }, { sequenceNumber: 99 }]) {
    const next = receive(consumer, 1, position);
    const timer = setInterval(() => void send(testProducer(hub), ['next']).catch(() => {}), 50);
    expect((await next)[0].body).toBe('next');
    clearInterval(timer);
  }
});

it("never skips events for a checkpoint of the hub's previous run", async () => {
  const before = await hundred();
  const { offset } = before.partition(ENTITY, 0)[99];
  await before.close();
  const hub = await testHub();
  await send(testProducer(hub), upTo(60));
  await expect(receive(testConsumer(hub), 1, { offset })).rejects.toThrow(
    /The supplied offset '\d+' is invalid/,
  );
});

it('gives a receiver at the end only what comes later, as soon as it comes', async () => {
  const hub = await hundred();
  const producer = testProducer(hub);
  const consumer = testConsumer(hub);
  const received = receive(consumer, 3, { offset: '@latest' });
  await until(() => hub.stats().connections === 2);
  let next = 100;
  const timer = setInterval(() => void send(producer, [next++]).catch(() => {}), 30);
  const events = await received;
  clearInterval(timer);
  const [first] = numbers(events) as number[];
  expect(first).toBeGreaterThanOrEqual(100);
  expect(numbers(events)).toEqual(upTo(events.length, first));
});

it('carries annotations, properties and the key to the receiver', async () => {
  const hub = await testHub({ clock: () => 1_700_000_000_000 });
  const producer = testProducer(hub);
  await producer.sendBatch(
    [{ body: { a: 1 }, messageId: 'm1', properties: { event_type: 'x', n: 1 } }],
    { partitionKey: 'S17' },
  );
  const partition = String(hub.stats().perPartition.findIndex(({ events }) => events === 1));
  const [event] = await receive(testConsumer(hub), 1, EARLIEST, { partition });
  expect(event).toMatchObject({
    body: { a: 1 },
    messageId: 'm1',
    partitionKey: 'S17',
    sequenceNumber: 0,
    offset: '0',
    enqueuedTimeUtc: new Date(1_700_000_000_000),
  });
  expect({ ...event.properties }).toEqual({ event_type: 'x', n: 1 });
});

it('lets consumer groups and their receivers read independently', async () => {
  const hub = await hundred();
  const groups = ['tail', '$Default', '$default', 'tail'];
  const all = await Promise.all(
    groups.map((group) => receive(testConsumer(hub, group), 100, EARLIEST)),
  );
  for (const events of all) expect(numbers(events)).toEqual(upTo(100));
});

it('says that a consumer group does not exist', async () => {
  const hub = await testHub();
  await expect(receive(testConsumer(hub, 'nobody'), 1, EARLIEST)).rejects.toMatchObject({
    code: 'MessagingEntityNotFoundError',
    message: expect.stringContaining('status-code: 404'),
  });
});

it('moves a large backlog through a narrow window, in order', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  for (let batch = 0; batch < 12; batch++) await send(producer, upTo(1_000, batch * 1_000));
  const events = await receive(testConsumer(hub), 12_000, EARLIEST, {
    maxBatchSize: 700,
    prefetchCount: 2_900,
  });
  expect(numbers(events)).toEqual(upTo(12_000));
  expect(hub.stats().outgoingEvents).toBeGreaterThanOrEqual(12_000);
});

it('hands a partition to the receiver of the highest epoch', async () => {
  const hub = await hundred();
  const errors: string[] = [];
  const seen: string[] = [];
  const subscribe = (name: string, ownerLevel: number | undefined) =>
    testConsumer(hub).subscribe(
      '0',
      {
        processEvents: async (events) => void (events.length > 0 && seen.push(name)),
        processError: async (error) => {
          errors.push(`${name}: ${(error as { code?: string }).code}`);
        },
      },
      { startPosition: EARLIEST, ownerLevel, maxBatchSize: 100 },
    );
  const without = subscribe('without', undefined);
  await until(() => seen.includes('without'));
  const first = subscribe('first', 1);
  await until(() => errors.includes('without: ReceiverDisconnectedError'));
  await until(() => seen.includes('first'));
  const second = subscribe('second', 2);
  await until(() => errors.includes('first: ReceiverDisconnectedError'));
  const late = subscribe('late', 1);
  await until(() => errors.includes('late: ReceiverDisconnectedError'));
  await until(() => seen.includes('second'));
  await Promise.all([without, first, second, late].map((subscription) => subscription.close()));
  // The group is what is held: another one reads on its own.
  expect(await receive(testConsumer(hub, '$Default'), 100, EARLIEST)).toHaveLength(100);
});

it('lets a lower epoch in once the higher one has gone', async () => {
  const hub = await hundred();
  const consumer = testConsumer(hub);
  expect(await receive(consumer, 100, EARLIEST, { ownerLevel: 9 })).toHaveLength(100);
  expect(await receive(testConsumer(hub), 100, EARLIEST, { ownerLevel: 1 })).toHaveLength(100);
});

it('drops events by age and size, and begins with the first one left', async () => {
  let nowMs = 0;
  const hub = await testHub({ retentionMs: 10_000, retentionBytes: 20_000, clock: () => nowMs });
  const producer = testProducer(hub);
  for (let n = 0; n < 60; n++) await send(producer, [n, 'x'.repeat(800)]);
  const left = hub.stats().perPartition[0];
  expect(left.events).toBe(120);
  expect(left.retainedBytes).toBeLessThanOrEqual(20_000);
  expect(left.retainedEvents).toBeGreaterThan(20);
  const properties = await producer.getPartitionProperties('0');
  expect(properties.beginningSequenceNumber).toBe(120 - left.retainedEvents);
  const [oldest] = await receive(testConsumer(hub), left.retainedEvents, EARLIEST);
  expect(oldest.sequenceNumber).toBe(120 - left.retainedEvents);
  nowMs += 10_001;
  expect(await producer.getPartitionProperties('0')).toMatchObject({
    isEmpty: true,
    beginningSequenceNumber: 120,
    lastEnqueuedSequenceNumber: 119,
  });
  expect(hub.partition(ENTITY, 0)).toEqual([]);
});

it('reports the end of the partition to a receiver on request', async () => {
  const hub = await hundred();
  const last = hub.partition(ENTITY, 0)[99];
  const consumer = testConsumer(hub);
  const reach = await new Promise((resolve, reject) => {
    consumer.subscribe(
      '0',
      {
        processEvents: async (events, context) => {
          if (events.length > 0) resolve({ ...context.lastEnqueuedEventProperties });
        },
        processError: async (error) => reject(error),
      },
      { startPosition: EARLIEST, trackLastEnqueuedEventProperties: true },
    );
  });
  expect(reach).toMatchObject({
    sequenceNumber: 99,
    offset: last.offset,
    enqueuedOn: new Date(last.enqueuedMs),
  });
});
