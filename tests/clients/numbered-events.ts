/** Events whose content follows from a key and a number, and the check that a reader got each of them once. */
import type { EventData, EventHubProducerClient } from '@azure/event-hubs';
import type { ReadEvent } from './event-readers.ts';

const KEYS = Array.from({ length: 64 }, (_, n) => `S${n}`);
const LARGE_EVERY = 2_000;
const LARGE_BYTES = 100_000;
/** Mismatches that a failure shows. */
const SHOWN = 5;

/** Counts the events of each key that were sent. */
export class NumberedEvents {
  #perKey = 0;

  get count(): number {
    return this.#perKey * KEYS.length;
  }

  /** Sends `perKey` further events of each key, in batches. */
  async send(producer: EventHubProducerClient, perKey: number): Promise<void> {
    for (const partitionKey of KEYS) {
      let batch = await producer.createBatch({ partitionKey });
      for (let n = this.#perKey; n < this.#perKey + perKey; n += 1) {
        const event = numberedEvent(partitionKey, n);
        if (batch.tryAdd(event)) continue;
        await producer.sendBatch(batch);
        batch = await producer.createBatch({ partitionKey });
        if (!batch.tryAdd(event)) throw new Error(`event ${n} of ${partitionKey} fits no batch`);
      }
      await producer.sendBatch(batch);
    }
    this.#perKey += perKey;
  }
}

/** Compares events, in the order in which a reader got them, with what was sent. */
export class Comparison {
  /** Descriptions of the first mismatches. */
  readonly mismatches: string[] = [];
  readonly #nextOfKey = new Map<string, number>();
  readonly #nextOfPartition = new Map<string, number>();

  get partitions(): number {
    return this.#nextOfPartition.size;
  }

  get events(): number {
    return [...this.#nextOfPartition.values()].reduce((sum, next) => sum + next, 0);
  }

  add(event: ReadEvent): void {
    const { partition, partitionKey: key } = event;
    const sequence = this.#nextOfPartition.get(partition) ?? 0;
    this.#nextOfPartition.set(partition, event.sequenceNumber + 1);
    this.#compare(`sequence number in partition ${partition}`, event.sequenceNumber, sequence);
    const n = this.#nextOfKey.get(key) ?? 0;
    this.#nextOfKey.set(key, n + 1);
    const sent = numberedEvent(key, n);
    this.#compare(`content type of ${key}-${n}`, event.contentType, sent.contentType);
    this.#compare(`properties of ${key}-${n}`, event.properties, propertiesText(sent));
    if (event.body.equals(sent.body)) return;
    this.#compare(`body of ${key}-${n}`, event.body.toString('utf8'), sent.body.toString('utf8'));
  }

  #compare(what: string, read: unknown, sent: unknown): void {
    if (read === sent || this.mismatches.length === SHOWN) return;
    this.mismatches.push(`${what}: read ${clipped(read)}, sent ${clipped(sent)}`);
  }
}

/** Event `n` of a key: most are as small as a store's, some as large as a batch allows a few of. */
function numberedEvent(key: string, n: number): EventData & { readonly body: Buffer } {
  const fill = n % LARGE_EVERY === LARGE_EVERY - 1 ? LARGE_BYTES : n % 500;
  const text = `Käse, 乳酪, 🧀 ${'x'.repeat(fill)}`;
  return {
    body: Buffer.from(JSON.stringify({ event_id: `${key}-${n}`, text })),
    contentType: 'application/json',
    properties: { event_type: 'receipt_created', n, 'öffentlich?': n % 2 === 0, share: n + 0.5 },
  };
}

function propertiesText({ properties }: EventData): string {
  return Object.entries(properties!)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

const clipped = (value: unknown) => String(value).slice(0, 200);
