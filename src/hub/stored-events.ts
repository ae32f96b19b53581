/** Stored events as objects, for tests and tools in the same process; nothing here is on the hot path. */
import { amqp } from './amqp-library.ts';
import { ANNOTATION } from './batch.ts';
import type { PartitionLog } from './partition-log.ts';

/** An event as a partition keeps it. */
export interface StoredEvent {
  /** Number within the partition, from 0. */
  readonly sequenceNumber: number;
  /** Place within the partition, from which a receiver can go on. */
  readonly offset: string;
  /** Epoch ms. */
  readonly enqueuedMs: number;
  /** What the sender gave; undefined for nothing. */
  readonly partitionKey: string | undefined;
  /** Bytes of the body; the decoded value if the body is not binary. */
  readonly body: unknown;
  /** Properties that the sender gave, by name. */
  readonly applicationProperties: Readonly<Record<string, unknown>>;
  /** What Event Hubs adds to a message, by its names. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** The complete encoded message, as receivers get it. */
  readonly encoded: Buffer;
}

/** Returns the retained events of a partition, oldest first. */
export function readEvents(log: PartitionLog): readonly StoredEvent[] {
  return log.all().flatMap(({ bytes, ends, firstSequence, firstOffset, offsets, enqueuedMs }) =>
    Array.from(ends, (end, index): StoredEvent => {
      const encoded = bytes.subarray(index === 0 ? 0 : ends[index - 1], end);
      const message = amqp.message.decode(encoded);
      const annotations = message.message_annotations ?? {};
      return {
        sequenceNumber: firstSequence + index,
        offset: String(firstOffset + offsets[index]),
        enqueuedMs,
        partitionKey: annotations[ANNOTATION.partitionKey] as string | undefined,
        body: bodyOf(message.body),
        applicationProperties: message.application_properties ?? {},
        annotations,
        encoded,
      };
    }),
  );
}

/** The library wraps binary bodies in a section; several sections are joined to one body. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('content' in body)) return body;
  const { content, multiple } = body as { content: unknown; multiple?: boolean };
  return multiple === true && Array.isArray(content) && content.every(Buffer.isBuffer)
    ? Buffer.concat(content)
    : content;
}
