/** Reads events with the real client, and gives up with a clear message if it can't. */
import type {
  EventHubConsumerClient,
  EventPosition,
  ReceivedEventData,
  RetryOptions,
  Subscription,
} from '@azure/event-hubs';
import { InputError } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { redact, redactError } from '../domain/secret.ts';
import { connectionName } from '../sinks/event-hubs/connection.ts';
import { CommandFailure } from './failure.ts';
import { launcher } from './suggest.ts';
import type { TailConnection } from './tail-connection.ts';

/** An empty result is reported after ten seconds at most. */
const FIRST_ANSWER_MS = 6_000;
/** The client may never finish closing if it loses the connection meanwhile. */
const CLOSE_MS = 1_500;
const BATCH_EVENTS = 500;
const BATCH_WAIT_SECONDS = 1;

export interface ConsumeOptions {
  readonly from: TailConnection;
  /** The only partition to read; all by default. */
  readonly partition: number | undefined;
  readonly start: EventPosition;
  /** Called with each event; returns false once no more are needed. */
  readonly take: (event: ReceivedEventData) => boolean;
  /** Ends reading from outside. */
  readonly until: (done: Promise<void>) => Promise<void>;
}

/**
 * Reads until `onEvent` returns false or `until` ends it.
 * @throws InputError if the event hub, group or partition does not exist, CommandFailure if it can't be reached
 */
export async function consume(options: ConsumeOptions): Promise<void> {
  const { from, partition, start, take, until } = options;
  const once = await openConsumer(from, { maxRetries: 0, timeoutInMs: FIRST_ANSWER_MS });
  await checkPartition(once, from, partition);
  const reader = await openConsumer(from, {
    maxRetries: 5,
    retryDelayInMs: 500,
    timeoutInMs: FIRST_ANSWER_MS,
  });
  let subscription: Subscription | undefined;
  const done = new Promise<void>((resolve, reject) => {
    const handlers = {
      processEvents: async (events: ReceivedEventData[]) => {
        for (const event of events) if (!take(event)) return resolve();
      },
      // After this the client would start again from the beginning and print everything twice.
      processError: async (error: unknown) => reject(failureOf(error, from)),
    };
    const settings = {
      startPosition: start,
      maxBatchSize: BATCH_EVENTS,
      maxWaitTimeInSeconds: BATCH_WAIT_SECONDS,
      skipParsingBodyAsJson: true,
    };
    subscription =
      partition === undefined
        ? reader.subscribe(handlers, settings)
        : reader.subscribe(String(partition), handlers, settings);
  });
  try {
    await until(done);
  } finally {
    await closeAll(subscription, reader);
  }
}

async function openConsumer(
  { connection, consumerGroup }: TailConnection,
  retryOptions: RetryOptions,
): Promise<EventHubConsumerClient> {
  // Loaded only when needed: loading the client takes longer than most commands.
  const { EventHubConsumerClient: Client } = await loadPart(
    '@azure/event-hubs',
    'to read an event hub',
    () => import('@azure/event-hubs'),
  );
  const { eventHub } = connection;
  try {
    if (connection.by === 'identity') {
      const credential = await connection.credential();
      return new Client(consumerGroup, connection.host, eventHub, credential, { retryOptions });
    }
    return new Client(consumerGroup, connection.parsed.text.reveal(), eventHub, { retryOptions });
  } catch (error) {
    // The SDK quotes the whole connection string in its error messages.
    throw redactError(error);
  }
}

async function checkPartition(
  client: EventHubConsumerClient,
  from: TailConnection,
  partition: number | undefined,
): Promise<void> {
  let ids: string[];
  try {
    ids = await within(FIRST_ANSWER_MS + 1_000, client.getPartitionIds());
  } catch (error) {
    throw failureOf(error, from);
  } finally {
    await closeAll(undefined, client);
  }
  if (partition !== undefined && !ids.includes(String(partition))) {
    throw new InputError(
      `Cannot read partition ${partition} of ${connectionName(from.connection)}: expected one of ${ids.join(', ')}`,
    );
  }
}

/** Returns a helpful description of the error; the client's own may contain the key. */
function failureOf(error: unknown, { connection, consumerGroup, isLocal }: TailConnection): Error {
  const name = connectionName(connection);
  const code = String((error as { code?: unknown }).code ?? '');
  const reason = redact(messageOf(error)).split('\n')[0];
  if (code === 'MessagingEntityNotFoundError') {
    return new InputError(
      `Cannot read ${name} as consumer group ${consumerGroup}: ${reason} ` +
        'Check --hub and --consumer-group.',
    );
  }
  if (/Unauthorized/.test(code)) {
    return new InputError(
      `Cannot read ${name}: access was refused; the key needs the Listen right`,
    );
  }
  const advice = isLocal
    ? `; start it with: ${launcher()} hub`
    : '; check the address and that a firewall lets it through';
  return new CommandFailure(`Cannot read ${name}: ${reason || 'the connection was lost'}${advice}`);
}

/** After several attempts the client throws one error that contains all others and says nothing itself. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return messageOf(error.errors.at(-1));
  return error instanceof Error ? error.message : String(error ?? '');
}

async function closeAll(subscription: Subscription | undefined, client: EventHubConsumerClient) {
  const closing = (async () => {
    await subscription?.close();
    await client.close();
  })();
  // Later failures have no consequence: reading has ended.
  await within(CLOSE_MS, closing).catch(() => {});
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
