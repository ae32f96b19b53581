/** The part of a loaded world that an expectation covers, as tables for the SQL of the metrics. */
import { formatInstant } from '../engine/time.ts';
import type { Expectation } from '../scenario/expectation-shape.ts';
import { spansOf } from '../scenario/windows.ts';
import { quoted } from './column-types.ts';
import type { Database } from './database.ts';

export type Where = NonNullable<Extract<Expectation, { metric: unknown }>['where']>;

/** Targets that name places. */
export interface Places {
  readonly dcs?: readonly number[];
  readonly states?: readonly string[];
  readonly stores?: readonly number[];
  readonly sizes?: readonly string[];
}

/** SQL condition on a store `s` with its geography `g`. */
export function storeCondition({ dcs, states, stores, sizes }: Places): string {
  const bySize = among('s.Size::VARCHAR', sizes);
  return all([among('s.DCID', dcs), among('g.State', states), among('s.ID', stores), bySize]);
}

/** SQL condition on a distribution center `d` with its geography `g`; the DC of a chosen store is chosen too. */
export function dcCondition({ dcs, states }: Places): string {
  return all([among('d.ID', dcs), among('g.State', states)]);
}

/**
 * Creates the tables chosen_stores, chosen_dcs and chosen_nodes (both) with their windows (ID, FromTS,
 * ToTS), and chosen_products (ID).
 *
 * @param worldStartMs the origin of windows that are relative to the run
 */
export async function chooseScope(
  database: Database,
  where: Where,
  worldStartMs: number,
): Promise<void> {
  const windows = await windowRows(database, where, worldStartMs);
  await database.run(`
    CREATE OR REPLACE TEMP TABLE chosen_windows (TimeZone VARCHAR, FromTS TIMESTAMP, ToTS TIMESTAMP);
    ${windows.length === 0 ? '' : `INSERT INTO chosen_windows VALUES ${windows.join(', ')};`}
    CREATE OR REPLACE TEMP TABLE chosen_stores AS
      SELECT s.ID, w.FromTS, w.ToTS
      FROM stores s
      JOIN geographies_master g ON g.ID = s.GeographyID
      JOIN chosen_windows w ON w.TimeZone = s.TimeZone
      WHERE ${storeCondition(where)};
    CREATE OR REPLACE TEMP TABLE chosen_dcs AS
      SELECT d.ID, w.FromTS, w.ToTS
      FROM distribution_centers d
      JOIN geographies_master g ON g.ID = d.GeographyID
      JOIN chosen_windows w ON w.TimeZone = d.TimeZone
      WHERE ${dcCondition(where)};
    CREATE OR REPLACE TEMP TABLE chosen_nodes AS
      SELECT 'STORE'::NodeType AS NodeType, * FROM chosen_stores
      UNION ALL
      SELECT 'DC'::NodeType, * FROM chosen_dcs;
    CREATE OR REPLACE TEMP TABLE chosen_products AS
      SELECT ID FROM products_master p WHERE ${productCondition(where)}`);
}

async function windowRows(
  database: Database,
  { during }: Where,
  worldStartMs: number,
): Promise<string[]> {
  const zones = await database.rows(`
    SELECT DISTINCT TimeZone FROM stores UNION SELECT TimeZone FROM distribution_centers`);
  return zones.flatMap((row) => {
    const zone = String(row.TimeZone);
    if (during === undefined) return [`(${quoted(zone)}, '-infinity', 'infinity')`];
    return spansOf(during, worldStartMs, zone).map(
      ({ startMs, endMs }) => `(${quoted(zone)}, ${timestamp(startMs)}, ${timestamp(endMs)})`,
    );
  });
}

function productCondition({
  departments,
  categories,
  products,
  brands,
  prices = {},
}: Where): string {
  const names = products?.filter((product) => typeof product === 'string');
  const ids = products?.filter((product) => typeof product === 'number');
  const named =
    products && `(${among('p.ProductName', names) ?? ''} OR ${among('p.ID', ids) ?? ''})`;
  const { atLeast, below } = prices;
  return all([
    among('p.Department', departments),
    among('p.Category', categories),
    among('p.Brand', brands),
    named,
    atLeast === undefined ? undefined : `p.SalePrice >= ${atLeast}`,
    below === undefined ? undefined : `p.SalePrice < ${below}`,
  ]);
}

function among(column: string, values: readonly (string | number)[] | undefined) {
  if (values === undefined) return undefined;
  if (values.length === 0) return 'false';
  const list = values.map((value) => (typeof value === 'string' ? quoted(value) : value));
  return `${column} IN (${list.join(', ')})`;
}

function all(conditions: readonly (string | undefined)[]): string {
  return conditions.filter((condition) => condition !== undefined).join(' AND ') || 'true';
}

function timestamp(ms: number): string {
  return `TIMESTAMP ${quoted(formatInstant(ms))}`;
}
