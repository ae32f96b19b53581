/** Clients of the Event Hubs SDK, made and let go as it needs. */
import type { Socket } from 'node:net';
import type { EventDataBatch, EventHubProducerClient } from '@azure/event-hubs';
import { redactError } from '../../domain/secret.ts';
import type { Connection } from './connection.ts';
import { systemTiming, within } from './timing.ts';

/** The SDK's close may never end once the connection is lost. */
const CLOSE_MS = 1_500;

/** A producer that tries once, and gives up after `timeoutMs`. @throws Error free of secrets */
export async function openClient(
  connection: Connection,
  timeoutMs: number,
): Promise<EventHubProducerClient> {
  // Not before it is needed: the SDK takes longer to load than most commands to run.
  const { EventHubProducerClient: Client } = await import('@azure/event-hubs');
  // A fresh object each time: the SDK writes into it.
  const options = { retryOptions: { maxRetries: 0, timeoutInMs: timeoutMs } };
  try {
    if (connection.by === 'identity') {
      const credential = await connection.credential();
      return new Client(connection.host, connection.eventHub, credential, options);
    }
    const { parsed, eventHub } = connection;
    const text = parsed.text.reveal();
    // The SDK wants the name once: in the string, or beside it.
    return parsed.entity === undefined
      ? new Client(text, eventHub, options)
      : new Client(text, options);
  } catch (error) {
    // The SDK quotes the whole connection string in its complaints.
    throw redactError(error);
  }
}

/** Closes a client; one that does not close in time is cut off. Never rejects. */
export async function closeClient(client: EventHubProducerClient): Promise<void> {
  // Whatever fails now has no consequence: nothing is sent through this client any more.
  const closed = client.close().catch(() => {});
  await within(systemTiming, CLOSE_MS, closed, () => {});
  // A peer that never answers the farewell would keep the socket open, and with it the process.
  socketOf(client)?.destroy();
}

/** Where version 6.0.4 of the SDK keeps its socket; the version is pinned, and a test looks at it. */
interface WithSocket {
  readonly _context?: {
    readonly connection?: { readonly _connection?: { readonly socket?: Socket } };
  };
}

function socketOf(client: EventHubProducerClient): Socket | undefined {
  return (client as unknown as WithSocket)._context?.connection?._connection?.socket;
}

/**
 * A batch whose encoded form is given. The SDK's own batches encode event by event, slowly; this one
 * takes the place of what such a batch would come to. It leans on how version 6.0.4 of the SDK asks a
 * batch for its bytes; the version is pinned, and tests read back what arrives.
 */
export function encodedBatch(batch: EventDataBatch, bytes: Buffer, events: number): EventDataBatch {
  return Object.create(batch, {
    count: { value: events },
    sizeInBytes: { value: bytes.length },
    _generateMessage: { value: () => bytes },
  }) as EventDataBatch;
}
