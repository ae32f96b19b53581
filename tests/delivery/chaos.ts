/** A stream into an embedded hub, and the account of what arrived there. */
import { expect } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import type { Journal } from '../../src/delivery/journal.ts';
import type { Publisher } from '../../src/delivery/publisher.ts';
import { connectionTo, quickPublisher } from './fixtures.ts';
import { firstOccurrences } from './scripted-sink.ts';

export const ENTITY = 'retail-events';
export const PARTITIONS = 4;
export const ENTITIES = [{ name: ENTITY, partitionCount: PARTITIONS, consumerGroups: [] }];
/** Short, as an answer that is lost costs that much. */
export const SEND_TIMEOUT_MS = 250;
/** Where every batch is answered, however busy the machine is. */
export const PATIENT_MS = 30_000;

export async function hubPublisher(
  hub: Hub,
  journal: Journal,
  sendTimeoutMs: number,
): Promise<Publisher> {
  const connection = connectionTo(hub.connectionString(ENTITY));
  const sink = new EventHubsSink({ connection, sendTimeoutMs });
  const partitions = await sink.open();
  return quickPublisher(
    { sink, partitions, memory: journal },
    { maxBatchEvents: 25, maxBufferEvents: 300 },
  );
}

export interface Account {
  readonly repeats: number;
  readonly repeatsByPartition: readonly number[];
}

/**
 * Checks that every event of `regions` × `perRegion` arrived, in order by first occurrence within a
 * partition; counts repeats, which bear the id of the first.
 */
export function account(hub: Hub, regions: number, perRegion: number): Account {
  const arrived = new Set<string>();
  const repeatsByPartition: number[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const ids = hub
      .partition(ENTITY, partition)
      .map(({ body }) => JSON.parse((body as Buffer).toString('utf8')).event_id as string);
    const { first, repeats } = firstOccurrences(ids);
    repeatsByPartition.push(repeats);
    const last = new Map<number, number>();
    for (const id of first) {
      expect(arrived.has(id), `${id} in two partitions`).toBe(false);
      arrived.add(id);
      const [region, sequence] = id.split('-').map(Number);
      expect(sequence, `${id} after a later one`).toBeGreaterThan(last.get(region) ?? -1);
      last.set(region, sequence);
    }
  }
  expect(arrived.size).toBe(regions * perRegion);
  return { repeats: repeatsByPartition.reduce((sum, n) => sum + n, 0), repeatsByPartition };
}
