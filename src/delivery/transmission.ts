/** Sends a batch repeatedly until it is acknowledged or finally refused. */
import { reasonOf } from '../domain/errors.ts';
import { redactError } from '../domain/secret.ts';
import type { Substream } from '../engine/substream.ts';
import { type BackoffSettings, backoffMs } from './backoff.ts';
import { BreakerGate, type BreakerState, type Pass } from './breaker-gate.ts';
import type { BreakerSettings } from './circuit-breaker.ts';
import type { Entry } from './lane.ts';
import { DeliveryFailure, type StreamSink } from './stream-sink.ts';
import type { StreamMemory } from './stream-memory.ts';
import type { Timing } from './timing.ts';
import { Waits } from './waits.ts';

export interface TransmissionSettings {
  /** Waits after failures. */
  readonly backoff: BackoffSettings;
  /** Waits after the service throttled a batch. */
  readonly throttle: BackoffSettings;
  /** If undefined, each partition retries independently. */
  readonly breaker: BreakerSettings | undefined;
}

export interface TransmissionOptions {
  readonly sink: StreamSink;
  readonly memory: StreamMemory;
  readonly settings: TransmissionSettings;
  /** Random numbers for the jitter of the waits. */
  readonly random: Substream;
  readonly timing: Timing;
  readonly onBreaker?: ((state: BreakerState) => void) | undefined;
}

/** The final refusal of a batch, and the number of attempts. */
export interface Refusal {
  readonly failure: DeliveryFailure;
  readonly attempts: number;
}

export interface TransmissionCounts {
  /** Acknowledged batches, and their bytes as the receiver counts them. */
  batchesSent: number;
  bytesSent: number;
  /** Failed attempts, except throttled ones. */
  failures: number;
  /** Attempts that the service throttled, and the total wait after them, ms. */
  throttled: number;
  throttledMs: number;
}

export class Transmission {
  readonly counts: TransmissionCounts = {
    batchesSent: 0,
    bytesSent: 0,
    failures: 0,
    throttled: 0,
    throttledMs: 0,
  };
  readonly breaker: BreakerGate;
  private readonly options: TransmissionOptions;
  private readonly waits: Waits;
  /** Separate, since changes of the breaker must not shorten these waits. */
  private readonly throttleWaits: Waits;

  constructor(options: TransmissionOptions) {
    this.options = options;
    this.waits = new Waits(options.timing);
    this.throttleWaits = new Waits(options.timing);
    const { breaker } = options.settings;
    const never = {
      failureThreshold: Number.POSITIVE_INFINITY,
      firstWaitMs: 0,
      longestWaitMs: 0,
    };
    this.breaker = new BreakerGate(breaker ?? never, options.timing, (state) => {
      // The service may answer again, so long waits end now.
      if (state !== 'open') this.waits.wake();
      options.onBreaker?.(state);
    });
  }

  /**
   * Sends a batch; resolves with undefined when it is acknowledged, or with its final refusal.
   * @param previous failure of the larger batch that this one was part of
   * @throws DeliveryFailure of kind `stopped`, OutputError of the memory, Stopped
   */
  async send(
    partition: number,
    batch: readonly Entry[],
    previous?: DeliveryFailure,
  ): Promise<Refusal | undefined> {
    const { sink, settings } = this.options;
    const events = batch.map(({ event }) => event);
    let failure = previous;
    let retries = 0;
    let throttlings = 0;
    for (let attempts = 1; ; attempts++) {
      const pass = await this.admission();
      this.note(partition, batch, failure);
      try {
        await sink.send(partition, events);
        this.breaker.succeeded();
        this.counts.batchesSent++;
        for (const { bytes } of batch) this.counts.bytesSent += bytes;
        return undefined;
      } catch (error) {
        failure = asFailure(error);
      }
      switch (failure.kind) {
        case 'stopped':
          throw failure;
        case 'oversized':
        case 'rejected':
          this.breaker.succeeded();
          return { failure, attempts };
        case 'busy':
          // The service answered, so the breaker stays closed.
          this.breaker.succeeded();
          await this.throttle(++throttlings);
          break;
        default:
          this.counts.failures++;
          this.breaker.failed(pass);
          await this.waits.pause(this.waitMs(settings.backoff, ++retries));
      }
    }
  }

  /** Ends all waits; sends under way continue to their end. */
  stop(): void {
    this.breaker.stop();
    this.waits.stop();
    this.throttleWaits.stop();
  }

  private async admission(): Promise<Pass> {
    for (;;) {
      const pass = this.breaker.tryPass();
      if (pass !== undefined) return pass;
      await this.waits.until((call) => {
        this.breaker.onChange(call);
        return undefined;
      });
    }
  }

  private async throttle(times: number): Promise<void> {
    const waitMs = this.waitMs(this.options.settings.throttle, times);
    this.counts.throttled++;
    this.counts.throttledMs += waitMs;
    await this.throttleWaits.pause(waitMs);
  }

  /** Counts an attempt and stores it before the batch is sent. */
  private note(
    partition: number,
    batch: readonly Entry[],
    failure: DeliveryFailure | undefined,
  ): void {
    const { memory } = this.options;
    const { ledger } = memory;
    for (const { region, sequence, type } of batch) {
      if (failure !== undefined) {
        ledger.add('retried', type);
        if (failure.kind === 'unknown') ledger.add('possiblyRepeated', type);
        continue;
      }
      const sentBefore = memory.sentBefore(partition, region, sequence);
      // An earlier process sent the event and ended before the answer, or may have sent it.
      if (sentBefore !== 'no') ledger.add('possiblyRepeated', type);
      if (sentBefore === 'yes') {
        ledger.add('retried', type);
      } else {
        ledger.add('sent', type);
        memory.sending(partition, region, sequence);
      }
    }
    memory.flush();
  }

  private waitMs(settings: BackoffSettings, retry: number): number {
    return backoffMs(settings, retry, this.options.random.unit());
  }
}

/** A sink that throws another error has a bug; it is then unknown whether the batch was stored. */
function asFailure(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  return new DeliveryFailure(
    'unknown',
    reasonOf(redactError(error)),
    undefined,
    redactError(error),
  );
}
