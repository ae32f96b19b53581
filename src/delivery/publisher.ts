/**
 * Publishes a stream of events, in order within each partition and one batch at a time in each, despite
 * failures. Events are kept until they are settled: acknowledged, or in the dead letters. When
 * the buffer is full, the caller waits. No event is dropped.
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
  /** Maximum number of events in a batch. */
  readonly maxBatchEvents: number;
  /**
   * A partition sends an incomplete batch when this time has passed since its last one, ms. So no event
   * waits longer for a batch to fill.
   */
  readonly batchTimeoutMs: number;
  /** Maximum number of events in the buffer, waiting and under way. */
  readonly maxBufferEvents: number;
  readonly rateCap?: RateCapSettings | undefined;
  /** Maximum time that `close` waits for batches under way, ms. */
  readonly closeTimeoutMs: number;
}

export interface PublisherOptions {
  /** An open sink. The publisher closes it. */
  readonly sink: StreamSink;
  /** The number of partitions that `open` of the sink returned. */
  readonly partitions: number;
  /** The publisher closes it. */
  readonly memory: StreamMemory;
  /** If undefined, an event that can't be delivered ends the publishing. */
  readonly deadLetters: DeadLetterBox | undefined;
  readonly settings: PublisherSettings;
  /** Random numbers for the jitter of the waits. */
  readonly random: Substream;
  readonly timing?: Timing;
  /** Called with each new state of the circuit breaker. */
  readonly onBreaker?: (state: BreakerState) => void;
  /** Called with each batch of settled events. */
  readonly onSettled?: (batch: readonly Entry[]) => void;
}

export interface PublisherStatus extends Readonly<TransmissionCounts> {
  /** Number of events in the buffer, waiting and under way. */
  readonly inFlight: number;
  /** Number of events in batches that were sent and are not answered yet; part of `inFlight`. */
  readonly underWay: number;
  /** Number of events in each of the last batches, oldest first. */
  readonly lastBatches: readonly number[];
  /** Number of events that an earlier run of the stream had settled. */
  readonly skipped: number;
  /** Waiting time of the oldest waiting event, ms. */
  readonly oldestWaitMs: number;
  readonly breaker: BreakerState;
  readonly breakerOpenings: number;
}

/** Limit of the cache of keys: keys are stores, centers, customers and campaigns. */
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
  /** `room`: set when the buffer has room; `drained`: when nothing is in flight. Both reject on failure. */
  private readonly room = new Signal();
  private readonly drained = new Signal();
  private drains = 0;
  private skipped = 0;
  /** Number of events accepted, except those that were settled before. */
  taken = 0;
  private sending = 0;
  /** Whether the caller waits for room. */
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

  /** The error that ended the publishing, if any. */
  get failure(): Error | undefined {
    return this.fault;
  }

  /**
   * Accepts an event. `region` and `sequence` are its position in the stream: sequence numbers of a region increase
   * by one.
   * @returns true if there is room for another event; otherwise a promise to await before the
   *   next call, which rejects if the publishing ends first
   * @throws the error that ended the publishing; RangeError if the caller did not wait for room
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
        `Cannot accept another event: the buffer contains ${ledger.inFlight} of ` +
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

  /** Sets the maximum rate; undefined removes it. */
  setRateCap(settings: RateCapSettings | undefined): void {
    this.cap = settings && new RateCap(settings);
  }

  /** The maximum rate, if any. */
  get rateCap(): RateCapSettings | undefined {
    return this.cap;
  }

  /** Sends waiting events without waiting for batches to fill; resolves when no event is in flight. */
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
   * Ends without sending waiting events: the next run generates them again. Call `flush` first to send
   * them. Waits up to `closeTimeoutMs` for batches under way, then closes memory and sink.
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

  /** Arrival time of an event: one reading of the clock for all events offered in a row, since it is expensive. */
  private offeredMs(): number {
    if (!this.isPumpDue) this.offerMs = this.timing.nowMs();
    return this.offerMs;
  }

  /** Sends after the caller's current turn, so that events offered in a row are sent together. */
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
    // While the caller waits for room and no batch is under way, incomplete batches are sent at once.
    if (!this.isHeld || this.sending > 0) return;
    for (const lane of this.lanes) this.pump(lane, 'now');
  }

  /** Sends the next batch of a partition if it is due. */
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

  /** Returns how long a partition may still wait for a batch to fill, ms. */
  private fillingMs(lane: Lane): number {
    if (this.drains > 0 || lane.holdsBatch(this.limits)) return 0;
    return lane.sentMs + this.options.settings.batchTimeoutMs - this.timing.nowMs();
  }

  /** Never rejects: an error ends the publishing. */
  private async deliver(lane: Lane, batch: readonly Entry[]): Promise<void> {
    try {
      await this.settlement.settle(lane.partition, batch);
      this.options.onSettled?.(batch);
      this.endBatch(lane, batch);
      this.giveRoom();
      // The next send flushes the memory, including the events settled here.
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
    // Room is given when half of the buffer is free: batches then fill better than with room for a few events.
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
              'wait; nothing is lost: correct the cause and start again.',
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
      // Already reported if it is the error that ended the publishing.
      if (this.fault === undefined) throw error;
    } finally {
      await sink.close();
    }
  }
}
