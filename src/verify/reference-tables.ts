/**
 * Tables that the checks read beside the world's own: when its stores trade, the regions of its stores, DCs and
 * trucks, and what is known of places.
 */
import path from 'node:path';
import { OWN_DICTIONARIES } from '../domain/own-files.ts';
import { formatDay, formatInstant, parseInstant } from '../engine/time.ts';
import { openingHours } from '../policy/opening-hours.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { areaCodesOf } from '../world/area-codes.ts';
import { isTimeZone } from '../world/time-zones.ts';
import { quoted, quotedPath } from './column-types.ts';
import type { Database } from './database.ts';
import { OWNER_UNIT } from './macros.ts';

export interface References {
  /** Start and end of the run, ISO instants. */
  readonly from: string;
  readonly to: string;
  /** Whether the world's places are those of the project's dictionaries. */
  readonly ownPlaces: boolean;
  /** Kinds of effects of the world's scenarios. */
  readonly effects: readonly string[];
}

/** Creates the tables; the masters are loaded. */
export async function createReferenceTables(
  database: Database,
  { from, to, ownPlaces, effects }: References,
): Promise<void> {
  await fill(database, 'scenario_effects (Kind VARCHAR)', effects.map(quoted));
  await createTradingDays(database, parseInstant(from), parseInstant(to));
  await createAreaCodes(database);
  await createRegions(database);
  await createPlaces(database, ownPlaces);
}

async function fill(database: Database, table: string, rows: readonly string[]): Promise<void> {
  await database.run(`CREATE TABLE ${table}`);
  if (rows.length === 0) return;
  const name = table.split(' ')[0];
  await database.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
}

/** The hours of each store's days, from the day before the run to the day after it. */
async function createTradingDays(
  database: Database,
  startMs: number,
  endMs: number,
): Promise<void> {
  const zones = await database.rows('SELECT DISTINCT TimeZone FROM stores WHERE TimeZone IS NOT NULL');
  const rows = zones
    .map(({ TimeZone }) => String(TimeZone))
    .filter(isTimeZone)
    .flatMap((name) => {
      const zone = new ZoneTime(name);
      const days: string[] = [];
      for (let day = zone.localDay(startMs) - 1; day <= zone.localDay(endMs) + 1; day++) {
        const hours = openingHours(day);
        if (hours === undefined) continue;
        const [open, close] = [hours.openMinute, hours.closeMinute].map((minute) =>
          quoted(formatInstant(zone.localMinuteMs(day, minute))),
        );
        days.push(`${quoted(name)}, DATE ${quoted(formatDay(day))}, TIMESTAMP ${open}, TIMESTAMP ${close}`);
      }
      return days;
    });
  await fill(
    database,
    'zone_hours (TimeZone VARCHAR, LocalDate DATE, OpenTS TIMESTAMP, CloseTS TIMESTAMP)',
    rows,
  );
  await database.run(`
    CREATE VIEW trading_days AS
    SELECT s.ID AS StoreID, h.LocalDate, h.OpenTS, h.CloseTS FROM stores s JOIN zone_hours h USING (TimeZone)`);
}

async function createAreaCodes(database: Database): Promise<void> {
  const states = await database.rows(
    'SELECT DISTINCT State FROM geographies_master WHERE State IS NOT NULL',
  );
  const rows = states.flatMap(({ State }) =>
    areaCodesOf(String(State)).map((code) => `${quoted(String(State))}, ${quoted(code)}`),
  );
  await fill(database, 'area_codes (State VARCHAR, AreaCode VARCHAR)', rows);
}

/** A region has the number of its DC. Suppliers' trucks work for all. */
async function createRegions(database: Database): Promise<void> {
  await database.run(`
    CREATE VIEW id_regions AS
    SELECT ID + ${OWNER_UNIT.store} AS Owner, DCID AS Region FROM stores
    UNION ALL
    SELECT ID + ${OWNER_UNIT.dc}, ID FROM distribution_centers
    UNION ALL
    SELECT ID + ${OWNER_UNIT.truck}, DCID FROM trucks WHERE DCID <> 0`);
}

async function createPlaces(database: Database, ownPlaces: boolean): Promise<void> {
  const limit = ownPlaces ? '' : ' LIMIT 0';
  const read = (name: string, columns: Record<string, string>) => {
    const types = Object.entries(columns).map(([column, type]) => `${quoted(column)}: ${quoted(type)}`);
    return `read_csv(${quotedPath(path.join(OWN_DICTIONARIES, name))}, auto_detect = false, hive_partitioning = false,
      header = true, delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})${limit}`;
  };
  await database.run(`
    CREATE TABLE known_places AS FROM ${read('geographies.csv', {
      City: 'VARCHAR',
      State: 'VARCHAR',
      Zip: 'VARCHAR',
      District: 'VARCHAR',
      Region: 'VARCHAR',
      Latitude: 'DECIMAL(18,5)',
      Longitude: 'DECIMAL(18,5)',
      TimeZone: 'VARCHAR',
      Population: 'INTEGER',
    })};
    CREATE TABLE known_tax_rates AS FROM ${read('tax_rates.csv', { State: 'VARCHAR', Rate: 'DECIMAL(18,4)' })}`);
}
