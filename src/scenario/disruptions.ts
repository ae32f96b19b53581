/** Disruptions that scenarios declare: their rows and their effects. */
import { DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import type { ScenarioDisruption } from '../policy/effects.ts';
import type { ScenarioEffect } from './scenario.ts';
import type { EffectKind } from './shape.ts';
import type { Span } from './windows.ts';

type DisruptionEffect = Extract<ScenarioEffect, { kind: 'disruption' }>;
type DisruptionType = (typeof DISRUPTION_TYPES)[number];

const TYPICAL_IMPACT = { MINOR: 20, MODERATE: 45, SEVERE: 75 } as const;
/** The smallest speed left, so that nothing is delayed for ever. */
const MAX_SLOWDOWN = 20;

/** The effects of the types that do not reduce a distribution center's capacity. */
const KINDS: Partial<Record<DisruptionType, EffectKind>> = {
  inventory_shortage: 'supply',
  supplier_delay: 'leadTime',
  truck_breakdown: 'breakdown',
  weather_delay: 'travelTime',
  WEATHER_DELAY: 'travelTime',
};

/** The row of a disruption for one period of its window. */
export function disruptionOf(
  effect: DisruptionEffect,
  { startMs, endMs }: Span,
): ScenarioDisruption {
  return {
    type: DISRUPTION_TYPES.indexOf(effect.type),
    severity: SEVERITIES.indexOf(effect.severity),
    description: effect.description,
    startMs,
    endMs,
    impactPercent: impactPercent(effect),
  };
}

/**
 * The effects of a disruption: capacity or supply is multiplied by what the impact leaves; durations
 * are divided by the same share, as if the impact had reduced the speed.
 */
export function effectOfDisruption(effect: DisruptionEffect): { kind: EffectKind; factor: number } {
  const left = 1 - impactPercent(effect) / 100;
  const kind = KINDS[effect.type] ?? 'dcCapacity';
  if (kind === 'dcCapacity' || kind === 'supply') return { kind, factor: left };
  return { kind, factor: 1 / Math.max(left, 1 / MAX_SLOWDOWN) };
}

function impactPercent({ type, severity, impactPercent: given }: DisruptionEffect): number {
  return type === 'dc_outage' ? 100 : (given ?? TYPICAL_IMPACT[severity]);
}
