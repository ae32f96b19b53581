/** Clients of the Event Hubs SDK, made and let go as it needs. */
import type { Socket } from 'node:net';
import type { EventDataBatch, EventHubProducerClient } from '@azure/event-hubs';
import { loadPart } from '../../domain/optional-part.ts';
import { redactError } from '../../domain/secret.ts';
import type { Connection } from './connection.ts';
import { systemTiming, within } from '../../delivery/timing.ts';

/** The SDK's close may never end once the connection is lost. */
const CLOSE_MS = 1_500;

/** The SDK. @throws InputError where it is not installed */
export function loadEventHubs() {
  return loadPart(
    '@azure/event-hubs',
    'to send to an event hub',
    () => import('@azure/event-hubs'),
  );
}

/** A producer that tries once, and gives up after `timeoutMs`. @throws Error free of secrets */
export async function openClient(
  connection: Connection,
  timeoutMs: number,
): Promise<EventHubProducerClient> {
  // Not before it is needed: the SDK takes longer to load than most commands to run.
  const { EventHubProducerClient: Client } = await loadEventHubs();
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
  const closed = client.close().then(
    () => true,
    () => true,
  );
  if (await within(systemTiming, CLOSE_MS, closed, () => false)) return;
  // A peer that hears no farewell would keep the socket open, and with it the process.
  const connection = connectionOf(client);
  if (connection === undefined) return;
  connection.options.reconnect = false;
  connection._connection?.socket?.destroy();
  connection._connection?._disconnected(new Error('The event hub did not answer the farewell.'));
}

/**
 * What of the SDK's connection has to be let go by hand. The SDK and what it stands on are pinned, and a test
 * looks at what is left.
 */
interface SdkConnection {
  readonly options: { reconnect?: unknown };
  readonly _connection?: {
    readonly socket?: Socket;
    _disconnected(error: Error): void;
  };
}

function connectionOf(client: EventHubProducerClient): SdkConnection | undefined {
  const { _context: context } = client as unknown as {
    readonly _context?: { readonly connection?: SdkConnection };
  };
  return context?.connection;
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
