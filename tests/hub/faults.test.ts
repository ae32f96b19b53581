/** Every fault, as the unmodified client sees it, and the events that the hub has stored. */
import { expect, it } from 'vitest';
import type { Fault } from '../../src/hub/faults.ts';
import {
  EARLIEST,
  ENTITY,
  receive,
  send,
  stored,
  testConsumer,
  testHub,
  testProducer,
  until,
} from './clients.ts';

const failure = (sending: Promise<void>) =>
  sending.then(
    () => undefined,
    (error: { code?: string }) => error,
  );

it('refuses a batch as busy, and takes it the next time', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  hub.faults.next({ kind: 'busy' });
  expect(await failure(send(producer, [1]))).toMatchObject({ code: 'ServerBusyError' });
  expect(stored(hub)).toEqual([]);
  await send(producer, [1]);
  expect(stored(hub)).toEqual([1]);
});

it('refuses a batch for good, and the next one is taken', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  hub.faults.next({ kind: 'refuse' });
  expect(await failure(send(producer, [1]))).toMatchObject({ code: 'ArgumentError' });
  await send(producer, [2]);
  expect(stored(hub)).toEqual([2]);
});

it.each([
  ['drop-before-store', []],
  ['drop-after-store', [1]],
] as const)('cuts the connection: %s', async (kind, expected) => {
  const hub = await testHub();
  const producer = testProducer(hub, ENTITY, 1_500);
  await send(producer, [0], { partitionId: '1' });
  hub.faults.next({ kind });
  expect(await failure(send(producer, [1]))).toBeDefined();
  expect(stored(hub)).toEqual(expected);
  await send(testProducer(hub), [1]);
  expect(stored(hub)).toEqual([...expected, 1]);
  await until(() => hub.stats().connections <= 2);
});

it('detaches the link before the batch is stored, and lets it come back', async () => {
  const hub = await testHub();
  const producer = testProducer(hub, ENTITY, 1_500);
  await send(producer, [0]);
  hub.faults.next({ kind: 'detach' });
  expect(await failure(send(producer, [1]))).toBeDefined();
  expect(stored(hub)).toEqual([0]);
  await send(producer, [2]);
  expect(stored(hub)).toEqual([0, 2]);
});

it('does not answer for a while, reads included, then handles the requests', async () => {
  const hub = await testHub();
  const producer = testProducer(hub, ENTITY, 400);
  await send(producer, [0]);
  hub.faults.next(0, { kind: 'silence', forMs: 1_000 });
  expect(await failure(send(producer, [1]))).toMatchObject({ code: 'OperationTimeoutError' });
  expect(stored(hub)).toEqual([0]);
  const asked = producer.getPartitionProperties('0');
  await expect(asked).rejects.toThrow();
  await send(producer, ['elsewhere'], { partitionId: '1' });
  // What the client gave up on happens all the same, in the order in which it was asked.
  const late = send(testProducer(hub), [2]);
  await late;
  expect(stored(hub)).toEqual([0, 1, 2]);
});

it('is down for a while, and back at the same port with its events', async () => {
  const hub = await testHub();
  const { port } = hub;
  await send(testProducer(hub), [1]);
  const over = hub.outage(300);
  await expect(hub.outage(1)).rejects.toThrow('already down');
  await until(() => hub.stats().connections === 0);
  expect(await failure(send(testProducer(hub, ENTITY, 1_000), [2]))).toBeDefined();
  await over;
  expect(hub.port).toBe(port);
  await send(testProducer(hub), [3]);
  expect(stored(hub)).toEqual([1, 3]);
});

it('continues receivers at their positions after an outage', async () => {
  const hub = await testHub();
  await send(testProducer(hub), [1, 2, 3]);
  const consumer = testConsumer(hub);
  expect(await receive(consumer, 3, EARLIEST)).toHaveLength(3);
  await hub.outage(50);
  await send(testProducer(hub), [4]);
  const events = await receive(testConsumer(hub), 1, { sequenceNumber: 2 });
  expect(events.map(({ body }) => body)).toEqual([4]);
});

it('throttles above a rate, by the clock of the hub', async () => {
  let nowMs = 0;
  const hub = await testHub({ clock: () => nowMs });
  const producer = testProducer(hub);
  hub.faults.throttle({ eventsPerSecond: 10 });
  await send(producer, [1, 2, 3, 4, 5, 6]);
  expect(await failure(send(producer, [7, 8, 9, 10, 11]))).toMatchObject({
    code: 'ServerBusyError',
  });
  await send(producer, [7, 8, 9, 10]);
  nowMs += 1_000;
  // More than a second may hold goes through alone: otherwise it never would.
  await send(producer, Array(20).fill(0));
  expect(await failure(send(producer, [0]))).toMatchObject({ code: 'ServerBusyError' });
  hub.faults.throttle(undefined);
  await send(producer, [0]);
  expect(stored(hub)).toHaveLength(31);
});

it('meets batches in the order scripted, those of a partition first', async () => {
  const hub = await testHub();
  const producer = testProducer(hub);
  hub.faults.next({ kind: 'busy' });
  hub.faults.next(undefined, { kind: 'busy' });
  hub.faults.next(3, { kind: 'busy' });
  expect(hub.faults.pending).toBe(3);
  await failure(send(producer, [1], { partitionId: '3' }));
  expect(hub.faults.pending).toBe(2);
  await failure(send(producer, [1], { partitionId: '3' }));
  await failure(send(producer, [1], { partitionId: '4' }));
  expect(hub.faults.pending).toBe(0);
  await send(producer, [1], { partitionId: '3' });
  hub.faults.next({ kind: 'busy' });
  hub.faults.clear();
  await send(producer, [2], { partitionId: '3' });
  expect(stored(hub, 3)).toEqual([1, 2]);
  expect(() => hub.faults.next(1, undefined as unknown as Fault)).toThrow('none was given');
});

it('loses nothing and keeps order for a publisher that sends again until it is acknowledged', async () => {
  const hub = await testHub();
  let producer = testProducer(hub, ENTITY, 500);
  const kinds: Fault[] = [
    { kind: 'busy' },
    { kind: 'drop-after-store' },
    { kind: 'detach' },
    { kind: 'drop-before-store' },
    { kind: 'silence', forMs: 700 },
  ];
  for (let n = 0; n < 10; n++) {
    if (n % 2 === 1) hub.faults.next(kinds[(n - 1) / 2]);
    for (let attempt = 0; (await failure(send(producer, [n]))) !== undefined; attempt++) {
      if (attempt > 5) throw new Error('no batch went through');
      producer = testProducer(hub, ENTITY, 500);
    }
  }
  const all = stored(hub) as number[];
  expect([...new Set(all)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // Stored and not answered: those two alone may be there twice or more.
  expect(all.filter((n, index) => all.indexOf(n) !== index).every((n) => n === 3 || n === 9)).toBe(
    true,
  );
});
