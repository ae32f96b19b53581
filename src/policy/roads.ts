/**
 * Driving times: how long a truck takes, and when its driver must rest.
 *
 * Road distance is great circle times 1.25 (circuity 1.2–1.3); mean speed 55 mph, varied by
 * traffic. Hours of service (FMCSA): at most 11 h driving in a duty period, at least 10 h off
 * between two.
 */
import type { Substream } from '../engine/substream.ts';
import { lognormal } from '../engine/variates.ts';

export const KM_PER_MILE = 1.609344;
export const CIRCUITY = 1.25;
export const MEAN_SPEED_KMH = 55 * KM_PER_MILE;
/** No leg is driven faster than 69 mph along the great circle. */
const TOP_SPEED_KMH = 69 * KM_PER_MILE;
const TRAFFIC_SIGMA = 0.08;
export const MAX_DRIVING_MS = 11 * 3_600_000;
export const OFF_DUTY_MS = 10 * 3_600_000;
/** A shipment is late when it arrives more than this after its first ETA. */
export const LATE_MS = 30 * 60_000;
/** One breakdown per 17,500 miles (trade: 10–25 thousand). */
const KM_PER_BREAKDOWN = 17_500 * KM_PER_MILE;

/** Planned driving time of a leg, ms. */
export function plannedDriveMs(greatCircleKm: number): number {
  return Math.ceil(((greatCircleKm * CIRCUITY) / MEAN_SPEED_KMH) * 3_600_000) + 60_000;
}

/** Actual driving time of a leg, ms: varied by traffic around the plan, times `factor`. */
export function drivenMs(greatCircleKm: number, factor: number, stream: Substream): number {
  const least = Math.ceil((greatCircleKm / TOP_SPEED_KMH) * 3_600_000);
  const drawn = Math.round(
    lognormal(stream, plannedDriveMs(greatCircleKm) * factor, TRAFFIC_SIGMA),
  );
  return Math.max(least, drawn);
}

/** Rests inside a leg that is longer than one duty period, ms. */
export function restsWithinMs(driveMs: number): number {
  return Math.floor(Math.max(0, driveMs - 1) / MAX_DRIVING_MS) * OFF_DUTY_MS;
}

/** Driving time in the duty period in which a leg ends, ms. */
export function dutyAfterMs(dutyMs: number, driveMs: number): number {
  if (driveMs <= MAX_DRIVING_MS) return dutyMs + driveMs;
  return driveMs - Math.floor((driveMs - 1) / MAX_DRIVING_MS) * MAX_DRIVING_MS;
}

/** Whether a driver who has driven `dutyMs` must rest before a leg of `driveMs`. */
export function mustRest(dutyMs: number, driveMs: number): boolean {
  return dutyMs > 0 && dutyMs + driveMs > MAX_DRIVING_MS;
}

/** Chance of a breakdown on a leg. */
export function breakdownChance(greatCircleKm: number): number {
  return (greatCircleKm * CIRCUITY) / KM_PER_BREAKDOWN;
}
