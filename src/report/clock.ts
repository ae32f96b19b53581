/** What the SQL of a report knows of time: its window, the local time of places, and the great holidays. */
import type { Database } from '../verify/database.ts';
import { quoted } from '../verify/column-types.ts';
import { holidayDay } from '../policy/holidays.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { DAY_MS, formatDay, formatInstant, HOUR_MS, parseInstant } from '../engine/time.ts';

/** The part of a history that a report measures: at most the year that begins with the world. */
export interface ReportWindow {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Returns the window of a history between two ISO instants. */
export function reportWindow(from: string, to: string): ReportWindow {
  const startMs = parseInstant(from);
  const endMs = Math.min(parseInstant(to), oneYearAfter(startMs));
  return { from, to: formatInstant(endMs), days: (endMs - startMs) / DAY_MS };
}

function oneYearAfter(startMs: number): number {
  const start = new Date(startMs);
  return start.setUTCFullYear(start.getUTCFullYear() + 1);
}

/**
 * Creates the tables report_window (FromTS, ToTS, Days), zone_offsets (TimeZone, FromTS, ToTS, UtcOffset: local time less UTC)
 * and holidays (BlackFriday, Christmas, a row for each year). The masters must be loaded.
 */
export async function createClock(database: Database, window: ReportWindow): Promise<void> {
  const { from, to, days } = window;
  await database.run(`
    CREATE TABLE report_window AS
      SELECT TIMESTAMP ${quoted(from)} AS FromTS, TIMESTAMP ${quoted(to)} AS ToTS, ${days}::DOUBLE AS Days;
    CREATE TABLE zone_offsets (TimeZone VARCHAR, FromTS TIMESTAMP, ToTS TIMESTAMP, UtcOffset INTERVAL);
    CREATE TABLE holidays (BlackFriday DATE, Christmas DATE)`);
  const [startMs, endMs] = [parseInstant(from), parseInstant(to)];
  const zones = await database.rows(`
    SELECT DISTINCT TimeZone FROM stores
    UNION SELECT DISTINCT TimeZone FROM geographies_master`);
  for (const { TimeZone } of zones) {
    const rows = periods(String(TimeZone), startMs, endMs).map(
      ({ fromMs, toMs, offsetMs }) =>
        `(${quoted(String(TimeZone))}, ${timestamp(fromMs)}, ${timestamp(toMs)}, to_milliseconds(${offsetMs}))`,
    );
    await database.run(`INSERT INTO zone_offsets VALUES ${rows.join(', ')}`);
  }
  const [first, last] = [startMs, endMs].map((ms) => new Date(ms).getUTCFullYear());
  for (let year = first; year <= last; year++) {
    const [blackFriday, christmas] = [
      holidayDay('black-friday', year),
      holidayDay('christmas', year),
    ].map((day) => `DATE ${quoted(formatDay(day))}`);
    await database.run(`INSERT INTO holidays VALUES (${blackFriday}, ${christmas})`);
  }
}

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

/** The periods of one offset from a day before a window to a day after it; clocks change on the hour. */
function periods(zone: string, startMs: number, endMs: number): Period[] {
  const time = new ZoneTime(zone);
  const found: Period[] = [];
  const lastMs = endMs + DAY_MS;
  let fromMs = Math.floor((startMs - DAY_MS) / HOUR_MS) * HOUR_MS;
  let offsetMs = time.offsetMs(fromMs);
  for (let atMs = fromMs; atMs < lastMs; atMs += HOUR_MS) {
    const next = time.offsetMs(atMs);
    if (next === offsetMs) continue;
    found.push({ fromMs, toMs: atMs, offsetMs });
    [fromMs, offsetMs] = [atMs, next];
  }
  return [...found, { fromMs, toMs: lastMs, offsetMs }];
}

function timestamp(ms: number): string {
  return `TIMESTAMP ${quoted(formatInstant(ms))}`;
}
