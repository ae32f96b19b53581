/** Idempotent producers: batches that are already stored are accepted and not stored again. */
import { EventHubProducerClient } from '@azure/event-hubs';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';
import { Producers } from '../../src/hub/producers.ts';
import { closed, ENTITY, json, stored, testHub } from './clients.ts';

/** The client has the feature, but neither its types nor its options show it. */
function idempotentProducer(hub: Hub): EventHubProducerClient {
  const producer = new EventHubProducerClient(hub.connectionString(ENTITY), {
    retryOptions: { maxRetries: 3, retryDelayInMs: 50, timeoutInMs: 1_000 },
  });
  Object.assign(producer, { _enableIdempotentRetries: true });
  onTestFinished(() => closed(producer.close()));
  return producer;
}

it.each(['drop-after-store', 'silence'] as const)('stores a batch once after %s', async (kind) => {
  const hub = await testHub();
  const producer = idempotentProducer(hub);
  const sendOne = (n: number) => producer.sendBatch([{ body: json(n) }], { partitionId: '0' });
  await sendOne(0);
  hub.faults.next(kind === 'silence' ? { kind, forMs: 1_300 } : { kind });
  await sendOne(1);
  await sendOne(2);
  expect(stored(hub)).toEqual([0, 1, 2]);
});

it('judges batches as a list of all stored numbers would', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -3, max: 2 }), fc.integer({ min: 1, max: 4 }))),
      (batches) => {
        const producers = new Producers();
        const { id, epoch, lastSequence } = producers.attach(undefined, undefined, undefined)!;
        const storedNumbers = new Set<number>([lastSequence]);
        let last = lastSequence;
        for (const [shift, count] of batches) {
          const sequence = last + 1 + shift;
          if (sequence < 0) continue;
          const own = Array.from({ length: count }, (_, n) => sequence + n);
          const mark = { id, epoch, sequence };
          const expected =
            own.at(-1)! <= last ? 'repeat' : sequence === last + 1 ? 'store' : 'out-of-order';
          expect(producers.judge(mark, count)).toBe(expected);
          if (expected !== 'store') continue;
          producers.stored(mark, count);
          for (const number of own) {
            expect(storedNumbers.has(number)).toBe(false);
            storedNumbers.add(number);
          }
          last = own.at(-1)!;
        }
      },
    ),
  );
});

it('continues at 0 after the largest number', () => {
  const producers = new Producers();
  const largest = 2 ** 31 - 1;
  const { id } = producers.attach(7, 0, largest - 1)!;
  const mark = (sequence: number) => ({ id, epoch: 0, sequence });
  expect(producers.judge(mark(largest), 3)).toBe('store');
  producers.stored(mark(largest), 3);
  expect(producers.judge(mark(largest), 3)).toBe('repeat');
  expect(producers.judge(mark(2), 1)).toBe('store');
});

it('fences a producer when one with the same id and a higher epoch comes', () => {
  const producers = new Producers();
  expect(producers.attach(5, 1, 10)).toEqual({ id: 5, epoch: 1, lastSequence: 10 });
  expect(producers.attach(5, 2, undefined)).toEqual({ id: 5, epoch: 2, lastSequence: 10 });
  expect(producers.attach(5, 1, undefined)).toBeUndefined();
  expect(producers.judge({ id: 5, epoch: 1, sequence: 11 }, 1)).toBe('fenced');
  expect(producers.judge({ id: 5, epoch: 2, sequence: 11 }, 1)).toBe('store');
  // Another producer without an id gets one that nobody has.
  const ids = [1, 2, 3, 4, 5, 6].map(() => producers.attach(undefined, undefined, undefined)!.id);
  expect(new Set([5, ...ids]).size).toBe(7);
});
