/** What the scenarios of a world declare, as tables for the checks. */
import { DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import { formatInstant } from '../engine/time.ts';
import { disruptionOf } from '../scenario/disruptions.ts';
import type { ScenarioEffect } from '../scenario/scenario.ts';
import { isKnown } from '../scenario/site-windows.ts';
import { spansOf } from '../scenario/windows.ts';
import { quoted } from './column-types.ts';
import type { Database } from './database.ts';

type DisruptionEffect = Extract<ScenarioEffect, { kind: 'disruption' }>;

/**
 * Creates scenario_effects (their kinds) and declared_disruptions, with the window of each in every time zone of a DC.
 * @param effects as the manifest has them, which were checked when the world began
 */
export async function createScenarioTables(
  database: Database,
  effects: readonly { readonly kind: string }[],
  worldStartMs: number,
): Promise<void> {
  const kinds = effects.map(({ kind }) => quoted(kind));
  await fill(database, 'scenario_effects (Kind VARCHAR)', kinds);
  const zones = await database.rows(
    'SELECT DISTINCT TimeZone FROM distribution_centers WHERE TimeZone IS NOT NULL',
  );
  const declared = effects.filter(
    (effect): effect is DisruptionEffect => effect.kind === 'disruption',
  );
  const rows = zones.flatMap(({ TimeZone }) =>
    declared.flatMap((effect) => rowsOf(effect, String(TimeZone), worldStartMs)),
  );
  await fill(
    database,
    `declared_disruptions (TimeZone VARCHAR, Type VARCHAR, Severity VARCHAR, Description VARCHAR,
      ImpactPercentage INTEGER, StartTime TIMESTAMP, EndTime TIMESTAMP)`,
    rows,
  );
}

function rowsOf(effect: DisruptionEffect, zone: string, worldStartMs: number): string[] {
  const { window } = effect;
  if (!isKnown(window)) return [];
  return spansOf(window, worldStartMs, zone).map((span) => {
    const { type, severity, description, startMs, endMs, impactPercent } = disruptionOf(
      effect,
      span,
    );
    return [
      quoted(zone),
      quoted(DISRUPTION_TYPES[type]),
      quoted(SEVERITIES[severity]),
      quoted(description),
      impactPercent,
      timestamp(startMs),
      timestamp(endMs),
    ].join(', ');
  });
}

function timestamp(ms: number): string {
  return Number.isFinite(ms) ? `TIMESTAMP ${quoted(formatInstant(ms))}` : "TIMESTAMP 'infinity'";
}

/** Creates a table with rows, each given as values for SQL. */
export async function fill(
  database: Database,
  table: string,
  rows: readonly string[],
): Promise<void> {
  await database.run(`CREATE TABLE ${table}`);
  if (rows.length === 0) return;
  const name = table.split(' ')[0];
  await database.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
}
