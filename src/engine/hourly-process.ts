/** A Poisson process whose rate is constant within each clock hour (UTC). */
import type { Substream } from './substream.ts';
import { DAY_MS, HOUR_MS } from './time.ts';
import { exponential } from './variates.ts';

/**
 * Draws the time to the next event, ms; undefined if there is none within a day. If none falls into an hour, the next
 * hour draws again (the exponential has no memory).
 * @param perMs expected events per ms in the hour that begins at an instant
 */
export function nextInHoursMs(
  nowMs: number,
  stream: Substream,
  perMs: (hourMs: number) => number,
): number | undefined {
  let atMs = nowMs;
  while (atMs < nowMs + DAY_MS) {
    const hourEndMs = (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;
    const rate = perMs(hourEndMs - HOUR_MS);
    const nextMs = rate > 0 ? atMs + exponential(stream, 1 / rate) : hourEndMs;
    if (nextMs < hourEndMs) return Math.max(1, Math.ceil(nextMs - nowMs));
    atMs = hourEndMs;
  }
  return undefined;
}
