/**
 * Publishes a stream of events: in order per partition, a batch at a time in each, whatever happens on
 * the way. Events are held until they are settled, that is acknowledged or in the dead letters; when
 * the buffer is full the caller waits. Nothing is dropped.
 */
import { OutputError } from '../domain/errors.ts';
import { redactError } from '../domain/secret.ts';
import type { Substream } from '../engine/substream.ts';
import type { BreakerState } from './breaker-gate.ts';
import type { DeadLetterBox } from './dead-letter.ts';
import { type BatchLimits, type Entry, Lane } from './lane.ts';
import type { Ledger } from './ledger.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import { RateCap, type RateCapSettings } from './rate-cap.ts';
import { Settlement } from './settlement.ts';
import { Signal } from './signal.ts';
import type { StreamMemory } from './stream-memory.ts';
import type { StreamSink } from './stream-sink.ts';
import { systemTiming, type Timing, within } from './timing.ts';
import {
  Transmission,
  type TransmissionCounts,
  type TransmissionSettings,
} from './transmission.ts';
import { Stopped } from './waits.ts';

export interface PublisherSettings extends TransmissionSettings {
  /** Events of a batch at most. */
  readonly maxBatchEvents: number;
  /**
   * A partition that has sent nothing for so long sends what it has at once; otherwise it waits until
   * then for a batch to fill, ms. So no event waits longer for others.
   */
  readonly batchTimeoutMs: number;
  /** Events that are held at most, waiting and under way. */
  readonly maxBufferEvents: number;
  readonly rateCap?: RateCapSettings | undefined;
  /** How long `close` waits at most for batches under way, ms. */
  readonly closeTimeoutMs: number;
}

export interface PublisherOptions {
  /** Open. The publisher closes it. */
  readonly sink: StreamSink;
  /** What opening the sink gave. */
  readonly partitions: number;
  /** The publisher closes it. */
  readonly memory: StreamMemory;
  /** Undefined: an event that can't be delivered ends the publishing. */
  readonly deadLetters: DeadLetterBox | undefined;
  readonly settings: PublisherSettings;
  /** For the jitter of the waits. */
  readonly random: Substream;
  readonly timing?: Timing;
  /** Is told each new state of the circuit breaker. */
  readonly onBreaker?: (state: BreakerState) => void;
  /** Is told of events that are settled, batch by batch. */
  readonly onSettled?: (batch: readonly Entry[]) => void;
}

export interface PublisherStatus extends Readonly<TransmissionCounts> {
  /** Events held, waiting and under way. */
  readonly inFlight: number;
  /** Of those, the ones in batches that were sent and are not answered yet. */
  readonly underWay: number;
  /** Events of the last batches, oldest first. */
  readonly lastBatches: readonly number[];
  /** Events that an earlier life of the stream had settled. */
  readonly skipped: number;
  /** How long the oldest event that waits has waited, ms. */
  readonly oldestWaitMs: number;
  readonly breaker: BreakerState;
  readonly breakerOpenings: number;
}

/** Keys are stores, centers, customers, campaigns: many, but not without end. */
const MOST_KEYS = 200_000;
const LAST_BATCHES = 16;

export class Publisher {
  private readonly options: PublisherOptions;
  private readonly timing: Timing;
  private readonly lanes: readonly Lane[];
  private readonly limits: BatchLimits;
  private readonly transmission: Transmission;
  private readonly settlement: Settlement;
  private cap: RateCap | undefined;
  private readonly partitionByKey = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();
  /** Set off when there is room, when nothing is in flight, or on failure. */
  private readonly room = new Signal();
  private readonly drained = new Signal();
  private drains = 0;
  private skipped = 0;
  /** Events taken, those excepted that were settled before. */
  taken = 0;
  private sending = 0;
  /** Whether the caller was told to wait, and room has not been given yet. */
  private isHeld = false;
  private isPumpDue = false;
  private offerMs = 0;
  private lastBatches: number[] = [];
  private fault: Error | undefined;
  private closing: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    const { sink, memory, settings, random, timing = systemTiming, onBreaker } = options;
    this.options = options;
    this.timing = timing;
    this.lanes = Array.from({ length: options.partitions }, (_, index) => new Lane(index));
    this.limits = {
      maxBatchEvents: settings.maxBatchEvents,
      maxBatchBytes: sink.maxBatchBytes,
    };
    this.transmission = new Transmission({ sink, memory, settings, random, timing, onBreaker });
    this.settlement = new Settlement({
      transmission: this.transmission,
      memory,
      deadLetters: options.deadLetters,
      maxBatchBytes: sink.maxBatchBytes,
      timing,
    });
    this.setRateCap(settings.rateCap);
  }

  get ledger(): Ledger {
    return this.options.memory.ledger;
  }

  /** What ended the publishing, if something did. */
  get failure(): Error | undefined {
    return this.fault;
  }

  /**
   * Takes an event. `region` and `sequence` are its place in the stream: within a region each event is
   * one after the last.
   * @returns true if there is room for another; otherwise a promise of room, to be awaited before the
   *   next call; it rejects if the publishing ends first
   * @throws Error what ended the publishing, or RangeError if no room was awaited
   */
  offer(event: OutgoingEvent, region: number, sequence: number): true | Promise<void> {
    this.checkUsable();
    const { memory, sink, settings } = this.options;
    const partition = this.partitionOf(event.partitionKey);
    if (memory.skip(partition, region, sequence)) {
      this.skipped++;
      return true;
    }
    const { ledger } = memory;
    if (ledger.inFlight >= settings.maxBufferEvents) {
      throw new RangeError(
        `Cannot take another event: the buffer holds ${ledger.inFlight} of ` +
          `${settings.maxBufferEvents}, expected the caller to wait for room`,
      );
    }
    const type = ledger.typeIndex(event.eventType);
    ledger.add('generated', type);
    this.taken++;
    const lane = this.lanes[partition];
    const bytes = sink.sizeOf(event);
    lane.push({ event, region, sequence, type, bytes, arrivedMs: this.offeredMs() });
    this.pumpSoon();
    if (ledger.inFlight < settings.maxBufferEvents) return true;
    this.isHeld = true;
    return this.room.wait();
  }

  /** Caps the rate from now on, or lets everything go as it comes. */
  setRateCap(settings: RateCapSettings | undefined): void {
    this.cap = settings && new RateCap(settings);
  }

  /** What the rate may not exceed. */
  get rateCap(): RateCapSettings | undefined {
    return this.cap;
  }

  /** Sends what waits without waiting for more; resolves when nothing is in flight any more. */
  async flush(): Promise<void> {
    this.checkUsable();
    this.drains++;
    try {
      this.pumpAll();
      while (this.ledger.inFlight > 0) await this.drained.wait();
    } finally {
      this.drains--;
    }
  }

  /**
   * Ends at once, without sending what waits: it is generated again in the next life. `flush` first to
   * leave nothing behind. Batches under way get their time; then memory and sink are closed.
   */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  status(): PublisherStatus {
    const nowMs = this.timing.nowMs();
    const oldestMs = Math.min(...this.lanes.map((lane) => lane.oldestMs ?? nowMs));
    const { breaker, counts } = this.transmission;
    return {
      inFlight: this.ledger.inFlight,
      underWay: this.sending,
      lastBatches: [...this.lastBatches],
      skipped: this.skipped,
      oldestWaitMs: nowMs - oldestMs,
      breaker: breaker.state,
      breakerOpenings: breaker.openings,
      ...counts,
    };
  }

  private partitionOf(key: string): number {
    let partition = this.partitionByKey.get(key);
    if (partition === undefined) {
      partition = this.options.sink.partitionOf(key);
      if (this.lanes[partition] === undefined) throw this.noPartition(key, partition);
      if (this.partitionByKey.size >= MOST_KEYS) this.partitionByKey.clear();
      this.partitionByKey.set(key, partition);
    }
    return partition;
  }

  private noPartition(key: string, partition: number): RangeError {
    return new RangeError(
      `Cannot send the key "${key}" to partition ${partition} of ${this.options.sink.name}: expected a whole ` +
        `number from 0 to ${this.lanes.length - 1}, as the sink opened with ${this.lanes.length} partitions`,
    );
  }

  /** One instant for all that is offered without a pause: asking the clock costs as much as the rest. */
  private offeredMs(): number {
    if (!this.isPumpDue) this.offerMs = this.timing.nowMs();
    return this.offerMs;
  }

  /** When the caller pauses: what it offers without a pause goes together. */
  private pumpSoon(): void {
    if (this.isPumpDue) return;
    this.isPumpDue = true;
    queueMicrotask(() => {
      this.isPumpDue = false;
      this.pumpAll();
    });
  }

  private pumpAll(): void {
    for (const lane of this.lanes) this.pump(lane);
    // Who waits for room does not wait for batches to fill, if there are no others to wait for.
    if (!this.isHeld || this.sending > 0) return;
    for (const lane of this.lanes) this.pump(lane, 'now');
  }

  /** Sends the next batch of a partition, if it is time. */
  private pump(lane: Lane, when: 'in-time' | 'now' = 'in-time'): void {
    if (lane.isBusy || lane.length === 0 || this.isEnding) return;
    const waitMs = when === 'now' ? 0 : this.fillingMs(lane);
    if (waitMs > 0) {
      lane.cancelWait ??= this.timing.after(waitMs, () => this.endWait(lane));
      return;
    }
    const wanted = Math.min(lane.length, this.limits.maxBatchEvents);
    const granted = this.cap?.take(wanted, this.timing.nowMs()) ?? wanted;
    lane.cancelWait?.();
    lane.cancelWait = undefined;
    if (granted === 0) {
      const capMs = this.cap?.waitMs(this.timing.nowMs()) ?? 0;
      lane.cancelWait = this.timing.after(capMs, () => this.endWait(lane));
      return;
    }
    const batch = lane.cut({ ...this.limits, maxBatchEvents: granted });
    this.cap?.giveBack(granted - batch.length);
    lane.isBusy = true;
    lane.sentMs = this.timing.nowMs();
    this.sending += batch.length;
    if (this.lastBatches.push(batch.length) > LAST_BATCHES) this.lastBatches.shift();
    const work = this.deliver(lane, batch);
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private endWait(lane: Lane): void {
    lane.cancelWait = undefined;
    this.pump(lane);
  }

  /** How long a partition may wait for a batch to fill, ms. */
  private fillingMs(lane: Lane): number {
    if (this.drains > 0 || lane.holdsBatch(this.limits)) return 0;
    return lane.sentMs + this.options.settings.batchTimeoutMs - this.timing.nowMs();
  }

  /** Never rejects: whatever goes wrong ends the publishing. */
  private async deliver(lane: Lane, batch: readonly Entry[]): Promise<void> {
    try {
      await this.settlement.settle(lane.partition, batch);
      this.options.onSettled?.(batch);
      this.endBatch(lane, batch);
      this.giveRoom();
      // The next send writes down both itself and what this one settled.
      if (this.isHeld) this.pumpAll();
      else this.pump(lane);
      this.options.memory.flush();
    } catch (error) {
      this.endBatch(lane, batch);
      if (!(error instanceof Stopped)) this.fail(error);
    }
  }

  private endBatch(lane: Lane, batch: readonly Entry[]): void {
    if (!lane.isBusy) return;
    lane.isBusy = false;
    this.sending -= batch.length;
  }

  private giveRoom(): void {
    const { inFlight } = this.ledger;
    // Half of the buffer at a time: batches fill better than with room for a few.
    if (this.isHeld && inFlight <= this.options.settings.maxBufferEvents >>> 1) {
      this.isHeld = false;
      this.room.set();
    }
    if (inFlight === 0) this.drained.set();
  }

  private fail(error: unknown): void {
    if (this.fault !== undefined) return;
    const { message } = redactError(error);
    this.fault =
      error instanceof OutputError
        ? error
        : new OutputError(
            `Cannot publish to ${this.options.sink.name}: ${message}. ${this.ledger.inFlight} events ` +
              'wait; nothing is lost: mend the cause and start again.',
            { cause: error },
          );
    this.stopSending();
    this.room.fail(this.fault);
    this.drained.fail(this.fault);
  }

  private get isEnding(): boolean {
    return this.fault !== undefined || this.closing !== undefined;
  }

  private checkUsable(): void {
    if (this.fault !== undefined) throw this.fault;
    if (this.closing !== undefined) throw new Error('Cannot publish: the publisher is closed');
  }

  private stopSending(): void {
    for (const lane of this.lanes) {
      lane.cancelWait?.();
      lane.cancelWait = undefined;
    }
    this.transmission.stop();
  }

  private async end(): Promise<void> {
    // `closing` is set by the time anything below runs.
    await Promise.resolve();
    this.stopSending();
    const { memory, sink, settings } = this.options;
    const ended = new Error(`Cannot wait any longer: the publisher is closed`);
    this.room.fail(ended);
    this.drained.fail(ended);
    const idle = Promise.all(this.underWay).then(() => {});
    await within(this.timing, settings.closeTimeoutMs, idle, () => {});
    try {
      await memory.close();
    } catch (error) {
      // Told already if it is what ended the publishing.
      if (this.fault === undefined) throw error;
    } finally {
      await sink.close();
    }
  }
}
