/** What stores plan their orders with, as tables for the checks: the season ahead, and the days that an order covers. */
import { DEPARTMENTS } from '../domain/values.ts';
import { formatDay, formatInstant } from '../engine/time.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { seasonOf } from '../policy/season.ts';
import { isTimeZone } from '../world/time-zones.ts';
import { quoted } from './column-types.ts';
import type { Database } from './database.ts';
import { fill } from './scenario-tables.ts';

/** Most days from an order to its goods that a store's plan may look ahead. */
const MOST_DAYS_AHEAD = 5;

/**
 * Creates local_days (when each local day begins and ends, by time zone of a store or DC), order_cover (StoreCoverDays, without a row if the config is not known) and planned_seasons: by the local day that
 * a review sees and the days until its goods come, how each department sells until then (Near) and in the days
 * that the order covers beyond (Far), relative to the mean day.
 */
export async function createOrderingTables(
  database: Database,
  startMs: number,
  endMs: number,
  storeCoverDays: number | undefined,
): Promise<void> {
  await createLocalDays(database, startMs, endMs);
  const isKnown = storeCoverDays !== undefined;
  await fill(
    database,
    'order_cover (StoreCoverDays DOUBLE)',
    isKnown ? [String(storeCoverDays)] : [],
  );
  const utc = new ZoneTime('UTC');
  const days = isKnown ? utc.localDay(endMs) - utc.localDay(startMs) + 3 : 0;
  const rows = Array.from({ length: days }, (_, index) =>
    rowsOfDay(utc.localDay(startMs) - 1 + index, storeCoverDays!),
  );
  await fill(
    database,
    'planned_seasons (LocalDate DATE, NearDays INTEGER, Department VARCHAR, Near DOUBLE, Far DOUBLE)',
    rows.flat(),
  );
}

async function createLocalDays(database: Database, startMs: number, endMs: number): Promise<void> {
  const zones = await database.rows(
    `SELECT TimeZone FROM stores WHERE TimeZone IS NOT NULL
     UNION SELECT TimeZone FROM distribution_centers WHERE TimeZone IS NOT NULL`,
  );
  const rows = zones
    .map(({ TimeZone }) => String(TimeZone))
    .filter(isTimeZone)
    .flatMap((name) => {
      const zone = new ZoneTime(name);
      const startOf = (day: number) =>
        `TIMESTAMP ${quoted(formatInstant(zone.localMinuteMs(day, 0)))}`;
      const first = zone.localDay(startMs) - 1;
      return Array.from({ length: zone.localDay(endMs) - first + 1 }, (_, index) => {
        const day = first + index;
        return `${quoted(name)}, DATE ${quoted(formatDay(day))}, ${startOf(day)}, ${startOf(day + 1)}`;
      });
    });
  await fill(
    database,
    'local_days (TimeZone VARCHAR, LocalDate DATE, StartTS TIMESTAMP, EndTS TIMESTAMP)',
    rows,
  );
}

function rowsOfDay(day: number, coverDays: number): string[] {
  return Array.from({ length: MOST_DAYS_AHEAD }, (_, index) => index + 1).flatMap((nearDays) => {
    const near = seasonOf(day + 1, nearDays);
    const far = seasonOf(day + 1 + nearDays, Math.ceil(coverDays));
    return DEPARTMENTS.map(
      (department, index) =>
        `DATE ${quoted(formatDay(day))}, ${nearDays}, ${quoted(department)}, ${near[index]}, ${far[index]}`,
    );
  });
}
