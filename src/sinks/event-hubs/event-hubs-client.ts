/** Opens and closes clients of the Event Hubs SDK, and works around its limits. */
import type { Socket } from 'node:net';
import type { EventDataBatch, EventHubProducerClient } from '@azure/event-hubs';
import { loadPart } from '../../domain/optional-part.ts';
import { redactError } from '../../domain/secret.ts';
import type { Connection } from './connection.ts';
import { systemTiming, within } from '../../delivery/timing.ts';

/** Maximum time to close a client: the SDK's close may never end after the connection is lost. */
const CLOSE_MS = 1_500;

/** Loads the SDK. @throws InputError if it is not installed */
export function loadEventHubs() {
  return loadPart(
    '@azure/event-hubs',
    'to send to an event hub',
    () => import('@azure/event-hubs'),
  );
}

/** Opens a producer that makes one attempt and fails after `timeoutMs`. @throws Error without secrets */
export async function openClient(
  connection: Connection,
  timeoutMs: number,
): Promise<EventHubProducerClient> {
  // Loaded on first use: loading the SDK takes longer than most commands run.
  const { EventHubProducerClient: Client } = await loadEventHubs();
  // A new object each time, since the SDK changes it.
  const options = { retryOptions: { maxRetries: 0, timeoutInMs: timeoutMs } };
  try {
    if (connection.by === 'identity') {
      const credential = await connection.credential();
      return new Client(connection.host, connection.eventHub, credential, options);
    }
    const { parsed, eventHub } = connection;
    const text = parsed.text.reveal();
    // The SDK accepts the name only once: in the string, or as an argument.
    return parsed.entity === undefined
      ? new Client(text, eventHub, options)
      : new Client(text, options);
  } catch (error) {
    // The SDK's errors contain the whole connection string.
    throw redactError(error);
  }
}

/** Closes a client, and its socket if it does not close in time. Never rejects. */
export async function closeClient(client: EventHubProducerClient): Promise<void> {
  // Errors don't matter here, since no event is sent through this client any more.
  const closed = client.close().then(
    () => true,
    () => true,
  );
  if (await within(systemTiming, CLOSE_MS, closed, () => false)) return;
  // A peer that did not get the close frame would keep the socket open, and with it the process.
  const connection = connectionOf(client);
  if (connection === undefined) return;
  connection.options.reconnect = false;
  connection._connection?.socket?.destroy();
  connection._connection?._disconnected(new Error('The event hub did not answer the close frame.'));
}

/**
 * The internal parts of the SDK's connection that must be closed explicitly. The SDK and its dependencies are pinned,
 * and a test checks for open resources.
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
 * Returns a batch with encoded bytes. The SDK's own batches encode event by event, slowly; this one
 * replaces their result. It depends on how version 6.0.4 of the SDK reads the bytes of a
 * batch; the version is pinned, and tests read the events that arrive.
 */
export function encodedBatch(batch: EventDataBatch, bytes: Buffer, events: number): EventDataBatch {
  return Object.create(batch, {
    count: { value: events },
    sizeInBytes: { value: bytes.length },
    _generateMessage: { value: () => bytes },
  }) as EventDataBatch;
}
