/** Converts settings of the config to those of the publisher. */
import type { PublisherSettings } from '../delivery/publisher.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';
import type { Config } from '../world/config.ts';

const SECOND_MS = 1_000;
/** Time to the first probe of the circuit breaker: short, since most outages are. */
const FIRST_PROBE_MS = 5_000;
/** Default of the original system if only one of the two settings is given. */
const DEFAULT_INTERVAL_MS = 500;
const DEFAULT_BURST = 100;
/** Waits after throttling: seconds, as the service recommends. */
const THROTTLE = { firstMs: 1_000, multiplier: 2, longestMs: 10_000, retriesPerRound: 8 } as const;
/** Time to close in addition to the time limit of a send under way. */
const CLOSE_MARGIN_MS = 1_000;

/** Returns the publisher settings of the config's section `realtime`. */
export function publisherSettings(realtime: Config['realtime']): PublisherSettings {
  return {
    maxBatchEvents: realtime.max_batch_size,
    batchTimeoutMs: realtime.batch_timeout_ms,
    maxBufferEvents: realtime.max_buffer_size,
    backoff: {
      firstMs: realtime.retry_delay_ms,
      multiplier: realtime.backoff_multiplier,
      longestMs: Math.max(realtime.retry_delay_ms, realtime.retry_delay_max_ms),
      retriesPerRound: realtime.retry_attempts,
      firstRestMs: FIRST_PROBE_MS,
    },
    throttle: THROTTLE,
    breaker: realtime.circuit_breaker_enabled
      ? {
          failureThreshold: realtime.circuit_breaker_failure_threshold,
          firstWaitMs: FIRST_PROBE_MS,
          longestWaitMs: realtime.circuit_breaker_recovery_timeout * SECOND_MS,
        }
      : undefined,
    rateCap: configuredCap(realtime),
    closeTimeoutMs: realtime.send_timeout_ms + CLOSE_MARGIN_MS,
  };
}

/** Returns the values of `emit_interval_ms` and `burst`; undefined if both are null. */
export function configuredCap({
  emit_interval_ms,
  burst,
}: Config['realtime']): RateCapSettings | undefined {
  if (emit_interval_ms === null && burst === null) return undefined;
  return { intervalMs: emit_interval_ms ?? DEFAULT_INTERVAL_MS, burst: burst ?? DEFAULT_BURST };
}
