/** Receives the batches of one producer: finds their partition, stores them and answers. */
import type { AmqpError, Delivery, Receiver } from './amqp-library.ts';
import { MalformedMessage } from './amqp-values.ts';
import { type Batch, scanBatch } from './batch.ts';
import { StorageFault } from './disk/segment-writer.ts';
import type { Entity, Partition } from './entity.ts';
import type { Faults } from './faults.ts';
import {
  badRequest,
  forcedDetach,
  MAX_MESSAGE_BYTES,
  malformed,
  outOfOrder,
  producerFenced,
  serverBusy,
  tooLarge,
} from './refusals.ts';

/** Batches that a producer may send before it gets an answer; the same number as in Event Hubs. */
const CREDIT = 300;

export interface IngestOptions {
  readonly receiver: Receiver;
  readonly entity: Entity;
  /** The partition of the link; undefined: the hub chooses one for each batch. */
  readonly partition: Partition | undefined;
  readonly faults: Faults;
  /** Writes pending output. */
  readonly flush: () => void;
  /** Cuts the connection. */
  readonly drop: () => void;
  readonly isGone: () => boolean;
  /** Called when a batch can't be stored. */
  readonly onFault: (reason: string) => void;
  /** Called for every batch that is stored. */
  readonly onStored: (events: number, bytes: number) => void;
}

export class IngestLink {
  private readonly options: IngestOptions;
  private spent = 0;
  private detached = false;

  constructor(options: IngestOptions) {
    this.options = options;
    // Credit is given at once: a producer without credit waits a minute before it checks again.
    options.receiver.add_credit(CREDIT);
  }

  /** Receives one transfer. */
  receive(delivery: Delivery, bytes: Buffer, format: number | undefined): void {
    const { entity, partition, isGone } = this.options;
    // A batch whose transfers were incomplete when the link broke is lost.
    if (this.detached || isGone()) {
      delivery.settled = true;
      return;
    }
    if (bytes.length > MAX_MESSAGE_BYTES) {
      this.reject(delivery, tooLarge(bytes.length));
      return;
    }
    let batch: Batch;
    try {
      batch = scanBatch(bytes, format);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      this.reject(delivery, malformed(error.message));
      return;
    }
    const target = partition ?? entity.partitionFor(batch.partitionKey);
    target.silence.run(() => this.admit(delivery, batch, target));
  }

  private admit(delivery: Delivery, batch: Batch, target: Partition): void {
    const { faults, drop, receiver } = this.options;
    const fault = faults.take(target.index);
    switch (fault?.kind) {
      case 'busy':
        this.reject(delivery, serverBusy('the namespace is being throttled'));
        return;
      case 'refuse':
        this.reject(delivery, badRequest('The batch is refused by a scripted fault'));
        return;
      case 'drop-before-store':
        drop();
        return;
      case 'detach':
        this.detached = true;
        receiver.close(forcedDetach());
        return;
      case 'silence':
        target.silence.begin(fault.forMs);
        target.silence.run(() => this.admit(delivery, batch, target));
        return;
      case 'drop-after-store':
        // No answer: the client must not learn whether the batch was stored.
        this.store(batch, target);
        drop();
        return;
    }
    if (faults.throttles(batch.events.length, batch.bytes.length)) {
      this.reject(delivery, serverBusy('the namespace is being throttled'));
      return;
    }
    const refusal = this.store(batch, target);
    if (refusal === undefined) this.accept(delivery);
    else this.reject(delivery, refusal);
  }

  /** Stores a batch unless it was stored before. Returns why not, if it is refused. */
  private store(batch: Batch, { log, producers }: Partition): AmqpError | undefined {
    const { producer, events, bytes } = batch;
    const verdict = producer === undefined ? 'store' : producers.judge(producer, events.length);
    if (verdict === 'fenced') return producerFenced();
    if (verdict === 'out-of-order') return outOfOrder();
    if (verdict === 'store') {
      try {
        log.append(batch);
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        this.options.onFault(error.message);
        return serverBusy('the hub could not write its data');
      }
      if (producer !== undefined) producers.stored(producer, events.length);
      this.options.onStored(events.length, bytes.length);
    }
    return undefined;
  }

  private accept(delivery: Delivery): void {
    if (this.detached || this.options.isGone()) return;
    delivery.accept();
    this.settled();
  }

  private reject(delivery: Delivery, error: AmqpError): void {
    const { flush, isGone } = this.options;
    if (this.detached || isGone()) return;
    // The library merges the answers of one turn under the state of the first: keep this one separate.
    flush();
    delivery.reject(error);
    flush();
    this.settled();
  }

  private settled(): void {
    if (++this.spent < CREDIT / 2) return;
    this.options.receiver.add_credit(this.spent);
    this.spent = 0;
  }
}
