/** From the config's names and units to those of the publisher. */
import type { PublisherSettings } from '../delivery/publisher.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';
import type { Config } from '../world/config.ts';

const SECOND_MS = 1_000;
/** Most outages are short: whoever waits finds out so soon for the first time whether one is over. */
const FIRST_PROBE_MS = 5_000;
/** What the original system had where only one half of the cap is set. */
const DEFAULT_INTERVAL_MS = 500;
const DEFAULT_BURST = 100;
/** The service asks for seconds, not for milliseconds, when it throttles. */
const THROTTLE = { firstMs: 1_000, multiplier: 2, longestMs: 10_000, retriesPerRound: 8 } as const;
/** Beyond the timeout of a send that is under way when the stream ends. */
const CLOSE_MARGIN_MS = 1_000;

/** Settings of a publisher, as the config's section `realtime` has them. */
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

/** What `emit_interval_ms` and `burst` say; undefined where both are null. */
export function configuredCap({
  emit_interval_ms,
  burst,
}: Config['realtime']): RateCapSettings | undefined {
  if (emit_interval_ms === null && burst === null) return undefined;
  return { intervalMs: emit_interval_ms ?? DEFAULT_INTERVAL_MS, burst: burst ?? DEFAULT_BURST };
}
