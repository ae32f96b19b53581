/** Settles batches: every event is acknowledged, or stored in the dead letters. */
import { OutputError } from '../domain/errors.ts';
import type { DeadLetter, DeadLetterBox } from './dead-letter.ts';
import type { Entry } from './lane.ts';
import type { StreamMemory } from './stream-memory.ts';
import type { DeliveryFailure } from './stream-sink.ts';
import type { Timing } from './timing.ts';
import type { Refusal, Transmission } from './transmission.ts';

export interface SettlementOptions {
  readonly transmission: Transmission;
  readonly memory: StreamMemory;
  /** If undefined, an event that can't be delivered is an error. */
  readonly deadLetters: DeadLetterBox | undefined;
  readonly maxBatchBytes: number;
  readonly timing: Timing;
}

const NONE: readonly Entry[] = [];

export class Settlement {
  private readonly options: SettlementOptions;

  constructor(options: SettlementOptions) {
    this.options = options;
  }

  /**
   * Sends a batch and resolves when all of its events are settled, in order.
   * @param previous failure of the larger batch that this one was part of
   * @throws DeliveryFailure of kind `stopped`, OutputError, Stopped
   */
  async settle(
    partition: number,
    batch: readonly Entry[],
    previous?: DeliveryFailure,
  ): Promise<void> {
    const { maxBatchBytes, transmission } = this.options;
    const isLarge = ({ bytes }: Entry) => bytes > maxBatchBytes;
    const large = batch.some(isLarge) ? batch.filter(isLarge) : NONE;
    const fitting = large.length === 0 ? batch : batch.filter((entry) => !isLarge(entry));
    let refusal: Refusal | undefined;
    if (fitting.length > 0) refusal = await transmission.send(partition, fitting, previous);
    if (refusal !== undefined && fitting.length > 1) {
      // Halving the batch finds the event that was refused, so that the others are delivered.
      const half = batch.length >>> 1;
      await this.settle(partition, batch.slice(0, half), refusal.failure);
      await this.settle(partition, batch.slice(half), refusal.failure);
      return;
    }
    const lost = refusal === undefined ? large : batch;
    if (lost.length > 0) this.giveUp(partition, lost, refusal);
    this.note(partition, batch, new Set(lost));
  }

  private note(partition: number, batch: readonly Entry[], dead: ReadonlySet<Entry>): void {
    const { memory } = this.options;
    const { ledger } = memory;
    for (const entry of batch) {
      const isDead = dead.size > 0 && dead.has(entry);
      ledger.add(isDead ? 'deadLettered' : 'acknowledged', entry.type);
      memory.settled(partition, entry.region, entry.sequence);
    }
  }

  private giveUp(partition: number, entries: readonly Entry[], refusal: Refusal | undefined): void {
    const { maxBatchBytes, deadLetters, timing } = this.options;
    const nowMs = timing.nowMs();
    const letters = entries.map(({ event, bytes }): DeadLetter => {
      const isTooLarge = bytes > maxBatchBytes;
      const reason = isTooLarge
        ? `it takes ${bytes} bytes, expected at most ${maxBatchBytes} in a batch`
        : (refusal?.failure.message ?? '');
      return {
        event,
        partition,
        reason,
        category: isTooLarge || refusal?.failure.kind === 'oversized' ? 'oversized' : 'rejected',
        attempts: isTooLarge ? 0 : (refusal?.attempts ?? 0),
        firstMs: nowMs,
        lastMs: nowMs,
      };
    });
    if (deadLetters !== undefined) {
      deadLetters.add(letters);
      return;
    }
    const [{ event, reason }] = letters;
    throw new OutputError(
      `Cannot deliver ${event.eventType} "${event.eventId}": ${reason}. ` +
        'Enable dead letters (realtime.enable_dead_letter_queue) to continue without it.',
    );
  }
}
