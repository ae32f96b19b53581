/** Probabilities of disruptions at a distribution center in ordinary times (seed figures). */
import type { Substream } from '../engine/substream.ts';

/** Chance that a disruption begins, per DC and day. */
export const DISRUPTION_ODDS = 0.02;

/** CAPACITY_CONSTRAINT, EQUIPMENT_FAILURE, WEATHER_DELAY, LABOR_SHORTAGE, SYSTEM_OUTAGE. */
const TYPE_SHARES = [0.3, 0.25, 0.2, 0.15, 0.1] as const;
/** By severity: share, impact in percent of capacity, length in hours. */
const SEVERITIES = [
  { share: 0.6, impact: [10, 30], hours: [2, 12] },
  { share: 0.3, impact: [30, 60], hours: [8, 48] },
  { share: 0.1, impact: [60, 90], hours: [24, 168] },
] as const;
const SEVERITY_SHARES = SEVERITIES.map((severity) => severity.share);

export interface DrawnDisruption {
  /** Index into DISRUPTION_TYPES. */
  readonly type: number;
  /** Index into SEVERITIES of domain/values.ts. */
  readonly severity: number;
  readonly impactPercent: number;
  readonly durationMs: number;
}

export function drawDisruption(stream: Substream): DrawnDisruption {
  const severity = stream.weighted(SEVERITY_SHARES, 1);
  const { impact, hours } = SEVERITIES[severity];
  return {
    type: stream.weighted(TYPE_SHARES, 1),
    severity,
    impactPercent: stream.between(impact[0], impact[1]),
    durationMs: stream.between(hours[0] * 3_600_000, hours[1] * 3_600_000),
  };
}
