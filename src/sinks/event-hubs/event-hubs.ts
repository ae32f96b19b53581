/** Sends events to Azure Event Hubs, or a service with the same protocol, through the official SDK. */
import type { EventHubProducerClient } from '@azure/event-hubs';
import { ENVELOPE_BYTES, MessageHeads } from './amqp-batch.ts';
import type { Connection } from './connection.ts';
import { connectionFault } from './connection-fault.ts';
import { closeClient, encodedBatch, openClient } from './event-hubs-client.ts';
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';
import { isAnswer, sdkFailure } from './sdk-failure.ts';
import {
  countDelivered,
  type DeliveryFailure,
  notOpen,
  type StreamSink,
} from '../../delivery/stream-sink.ts';
import { systemTiming, within } from '../../delivery/timing.ts';
import { partitionOfKey } from '../../hub/partition-key.ts';

/** Opening takes at most ten seconds, as the contract of sinks requires. */
const OPEN_MS = 9_000;
/** Additional time for the SDK to report that its own time limit has passed. */
const GRACE_MS = 100;

export interface EventHubsOptions {
  readonly connection: Connection;
  /** Maximum time of an attempt, ms. */
  readonly sendTimeoutMs: number;
  /** Maximum time of opening, ms; 9 s by default. */
  readonly openTimeoutMs?: number;
}

/** A client, and the number of sends under way through it. */
interface Line {
  readonly client: Promise<EventHubProducerClient>;
  sends: number;
  isRetired: boolean;
}

export class EventHubsSink implements StreamSink {
  readonly name = 'event-hubs';
  readonly delivered = { events: 0, bytes: 0 };
  /** The service's limit without the envelope of a batch; smaller in the basic tier. */
  maxBatchBytes = 0;
  /** Number of clients opened so far. */
  connections = 0;
  private readonly options: EventHubsOptions;
  private readonly heads = new MessageHeads();
  private partitionIds: readonly string[] = [];
  private line: Line | undefined;
  /** Retired clients that are being closed. */
  private readonly closings = new Set<Promise<void>>();
  private isClosed = false;

  constructor(options: EventHubsOptions) {
    this.options = options;
  }

  async open(): Promise<number> {
    const { openTimeoutMs = OPEN_MS } = this.options;
    const line = this.connect(openTimeoutMs);
    try {
      await within(systemTiming, openTimeoutMs, this.readProperties(line), () => {
        throw new Error(`there was no answer within ${openTimeoutMs / 1000} s`);
      });
    } catch (error) {
      throw connectionFault(error, this.options.connection);
    } finally {
      // This client has the time limits of opening.
      this.retire(line);
    }
    return this.partitionIds.length;
  }

  /** Returns the partition that the service itself would choose for the key. */
  partitionOf(key: string): number {
    return partitionOfKey(key, this.partitionIds.length);
  }

  sizeOf(event: OutgoingEvent): number {
    return this.heads.eventBytes(event);
  }

  async send(partition: number, batch: readonly OutgoingEvent[]): Promise<void> {
    if (this.isClosed || this.partitionIds.length === 0) throw notOpen(this.name);
    if (batch.length === 0) return;
    const line = this.line ?? this.connect(this.options.sendTimeoutMs);
    line.sends++;
    try {
      await this.sendThrough(line, partition, batch);
    } catch (error) {
      if (!isAnswer(error as DeliveryFailure)) this.retire(line);
      throw error;
    } finally {
      line.sends--;
      if (line.isRetired) this.release(line);
    }
    countDelivered(this.delivered, batch);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.line !== undefined) this.retire(this.line);
    await Promise.all(this.closings);
  }

  private connect(timeoutMs: number): Line {
    this.connections++;
    const client = openClient(this.options.connection, timeoutMs);
    // Prevents an unhandled rejection; sends through this client get the error.
    client.catch(() => {});
    const line = { client, sends: 0, isRetired: false };
    this.line = line;
    return line;
  }

  /** Reads the partitions and the largest message size, and checks the right to send. */
  private async readProperties(line: Line): Promise<void> {
    const client = await line.client;
    const ids = await client.getPartitionIds();
    const batch = await client.createBatch({ partitionId: ids[0] });
    this.maxBatchBytes = batch.maxSizeInBytes - ENVELOPE_BYTES;
    this.partitionIds = [...ids].sort((a, b) => Number(a) - Number(b));
  }

  /** Makes one attempt. The time limit is also enforced here, because some waits of the SDK have none. */
  private async sendThrough(
    line: Line,
    partition: number,
    batch: readonly OutgoingEvent[],
  ): Promise<void> {
    const { sendTimeoutMs } = this.options;
    const limit = new AbortController();
    const { signal: abortSignal } = limit;
    let began = false;
    const attempt = async () => {
      const client = await line.client;
      // Opens the link if necessary.
      const partitionId = this.partitionIds[partition];
      const frame = await client.createBatch({ partitionId, abortSignal });
      const encoded = encodedBatch(frame, this.heads.encode(batch), batch.length);
      // The attempt was abandoned: the batch must not be sent after its own retry.
      if (abortSignal.aborted) return;
      began = true;
      await client.sendBatch(encoded, { abortSignal });
    };
    try {
      await within(systemTiming, sendTimeoutMs + GRACE_MS, attempt(), () => {
        limit.abort();
        throw new Error(`there was no answer within ${sendTimeoutMs} ms`);
      });
    } catch (error) {
      throw sdkFailure(error, began);
    }
  }

  /** Stops using a client: its state is unknown after an error. */
  private retire(line: Line): void {
    line.isRetired = true;
    if (this.line === line) this.line = undefined;
    this.release(line);
  }

  /** Closes a retired client when its last send has ended; sends of other partitions may still succeed. */
  private release(line: Line): void {
    if (line.sends > 0) return;
    const closing = line.client.then(closeClient).catch(() => {});
    this.closings.add(closing);
    void closing.then(() => this.closings.delete(closing));
  }
}
