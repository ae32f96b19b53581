/** Disruptions that scenarios declare: what is on record, and what it does. */
import { DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import type { ScenarioDisruption } from '../policy/effects.ts';
import type { ScenarioEffect } from './scenario.ts';
import type { EffectKind } from './shape.ts';
import type { Span } from './windows.ts';

type DisruptionEffect = Extract<ScenarioEffect, { kind: 'disruption' }>;
type DisruptionType = (typeof DISRUPTION_TYPES)[number];

const TYPICAL_IMPACT = { MINOR: 20, MODERATE: 45, SEVERE: 75 } as const;
/** Nothing is slowed down for ever. */
const MAX_SLOWDOWN = 20;

/** What the types do that don't take a distribution center's capacity. */
const KINDS: Partial<Record<DisruptionType, EffectKind>> = {
  inventory_shortage: 'supply',
  supplier_delay: 'leadTime',
  truck_breakdown: 'breakdown',
  weather_delay: 'travelTime',
  WEATHER_DELAY: 'travelTime',
};

/** The row of a disruption for one stretch of its window. */
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
 * What a disruption does: of capacity or supply it leaves what the impact does not take; what takes
 * time takes as much longer as if the impact had taken it from the speed.
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
