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
import { createOrderingTables } from './ordering-tables.ts';
import { createScenarioTables, fill } from './scenario-tables.ts';

export interface References {
  /** Start and end of the run, ISO instants. */
  readonly from: string;
  readonly to: string;
  /** Whether the world was made with the project's dictionaries. */
  readonly ownDictionaries: boolean;
  /** The effects of the world's scenarios. */
  readonly effects: readonly { readonly kind: string }[];
  /** Days that a store's order covers beyond its reorder point, if known. */
  readonly storeCoverDays: number | undefined;
}

/** Creates the tables; the masters are loaded. */
export async function createReferenceTables(
  database: Database,
  { from, to, ownDictionaries, effects, storeCoverDays }: References,
): Promise<void> {
  await createScenarioTables(database, effects, parseInstant(from));
  await createTradingDays(database, parseInstant(from), parseInstant(to));
  await createOrderingTables(database, parseInstant(from), parseInstant(to), storeCoverDays);
  await createAreaCodes(database);
  await createRegions(database);
  await createKnown(database, ownDictionaries);
}

/** The hours of each store's days, from the day before the run to the day after it. */
async function createTradingDays(
  database: Database,
  startMs: number,
  endMs: number,
): Promise<void> {
  const zones = await database.rows(
    'SELECT DISTINCT TimeZone FROM stores WHERE TimeZone IS NOT NULL',
  );
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
        days.push(
          `${quoted(name)}, DATE ${quoted(formatDay(day))}, TIMESTAMP ${open}, TIMESTAMP ${close}`,
        );
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

/** What the project's dictionaries say; empty for a world of others. */
async function createKnown(database: Database, ownDictionaries: boolean): Promise<void> {
  for (const [table, query] of Object.entries(KNOWN)) {
    await database.run(`CREATE TABLE ${table} AS ${query}${ownDictionaries ? '' : ' LIMIT 0'}`);
  }
}

/** A dictionary as a table of text. */
function dictionary(name: string): string {
  return `read_csv(${quotedPath(path.join(OWN_DICTIONARIES, `${name}.csv`))}, header = true, all_varchar = true,
    delim = ',', quote = '"', escape = '"', hive_partitioning = false)`;
}

const KNOWN: Readonly<Record<string, string>> = {
  known_places: `
    SELECT City, State, Zip, District, Region, Latitude::DECIMAL(18, 5) AS Latitude,
      Longitude::DECIMAL(18, 5) AS Longitude, TimeZone, Population::INTEGER AS Population
    FROM ${dictionary('geographies')}`,
  known_tax_rates: `SELECT State, Rate::DECIMAL(18, 4) AS Rate FROM ${dictionary('tax_rates')}`,
  known_articles: `
    SELECT ProductName, BasePrice::DECIMAL(18, 4) AS BasePrice, Department, Category, Subcategory,
      RequiresRefrigeration::BOOLEAN AS RequiresRefrigeration, Taxable::BOOLEAN AS Taxable,
      CasePack::INTEGER AS CasePack
    FROM ${dictionary('products')}`,
  known_brands: `SELECT Brand, Company FROM ${dictionary('product_brands')}`,
  known_names: `
    FROM (
      SELECT 'first' AS Kind, FirstName AS Name FROM ${dictionary('first_names')}
      UNION ALL
      SELECT 'last', LastName FROM ${dictionary('last_names')}
    )`,
};
