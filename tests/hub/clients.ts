/** A hub on a free port and real clients of it, closed when the test is over. */
import {
  type CreateBatchOptions,
  EventHubConsumerClient,
  EventHubProducerClient,
  type EventHubProducerClient as Producer,
  type EventPosition,
  type ReceivedEventData,
  type SubscribeOptions,
} from '@azure/event-hubs';
import { onTestFinished } from 'vitest';
import { DEFAULT_ENTITY, type Hub, type HubOptions, startHub } from '../../src/hub/hub.ts';

export const ENTITY = DEFAULT_ENTITY.name;
export const EARLIEST: EventPosition = { offset: '-1' };

/** One attempt each: the test itself decides about retries. */
const once = (timeoutInMs: number) => ({ retryOptions: { maxRetries: 0, timeoutInMs } });

export async function testHub(options: HubOptions = {}): Promise<Hub> {
  const hub = await startHub({ port: 0, ...options });
  onTestFinished(() => hub.close());
  return hub;
}

export function testProducer(hub: Hub, entity = ENTITY, timeoutMs = 5_000): Producer {
  const client = new EventHubProducerClient(hub.connectionString(entity), once(timeoutMs));
  onTestFinished(() => closed(client.close()));
  return client;
}

export function testConsumer(hub: Hub, group = 'tail', entity = ENTITY): EventHubConsumerClient {
  const client = new EventHubConsumerClient(group, hub.connectionString(entity), once(5_000));
  onTestFinished(() => closed(client.close()));
  return client;
}

/** A client whose connection was cut may never finish closing. */
export async function closed(closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 1_000);
  });
  await Promise.race([closing.catch(() => {}), late]);
  clearTimeout(timer);
}

/** Sends numbered events as one batch. */
export async function send(
  producer: Producer,
  bodies: readonly unknown[],
  options: CreateBatchOptions = { partitionId: '0' },
): Promise<void> {
  const batch = await producer.createBatch(options);
  for (const body of bodies) {
    if (!batch.tryAdd({ body: json(body) })) throw new Error('the batch is full');
  }
  await producer.sendBatch(batch);
}

export const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Bodies that the hub has stored. */
export function stored(hub: Hub, partition = 0, entity = ENTITY): unknown[] {
  return hub
    .partition(entity, partition)
    .map(({ body }) => JSON.parse((body as Buffer).toString('utf8')));
}

/** Receives `count` events of a partition. Rejects with the first error of the receiver. */
export async function receive(
  consumer: EventHubConsumerClient,
  count: number,
  startPosition: EventPosition,
  options: SubscribeOptions & { partition?: string } = {},
): Promise<ReceivedEventData[]> {
  const { partition = '0', ...settings } = options;
  const events: ReceivedEventData[] = [];
  let subscription: { close(): Promise<void> } | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      subscription = consumer.subscribe(
        partition,
        {
          processEvents: async (batch) => {
            events.push(...batch);
            if (events.length >= count) resolve();
          },
          processError: async (error) => reject(error),
        },
        { startPosition, maxBatchSize: 500, maxWaitTimeInSeconds: 1, ...settings },
      );
    });
  } finally {
    await subscription?.close();
  }
  return events;
}

/** Waits until something holds. */
export async function until(holds: () => boolean, patienceMs = 10_000): Promise<void> {
  for (let waitedMs = 0; !holds(); waitedMs += 10) {
    if (waitedMs > patienceMs) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
