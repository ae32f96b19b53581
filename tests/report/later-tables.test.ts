/** Statistics of tables that not every version of a world has, over rows made here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measure } from '../../src/report/measure.ts';
import { queriesIn } from '../../src/report/queries.ts';
import { Database } from '../../src/verify/database.ts';

let database: Database;
beforeAll(async () => {
  database = await Database.open();
  // Three weeks of two stores in one region that is at UTC.
  await database.run(`
    CREATE TABLE report_window AS
      SELECT TIMESTAMP '2024-01-01' AS FromTS, TIMESTAMP '2024-01-22' AS ToTS, 21.0 AS Days;
    CREATE TABLE run_window AS SELECT FromTS AS StartTS, ToTS AS EndTS FROM report_window;
    CREATE TABLE zone_offsets AS
      SELECT 'UTC' AS TimeZone, TIMESTAMP '2023-01-01' AS FromTS, TIMESTAMP '2025-01-01' AS ToTS, INTERVAL 0 HOUR AS UtcOffset;
    CREATE TABLE days AS
      SELECT d::DATE AS Day, strftime(d, '%b') AS Month, strftime(d, '%a') AS Weekday
      FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-01-21', INTERVAL 1 DAY) s(d);
    CREATE TABLE stores AS SELECT unnest([1, 2]) AS ID, 1 AS DCID, 'UTC' AS TimeZone`);
});
afterAll(() => database.close());

async function itemsOf(name: string, statistic: string): Promise<Record<string, number>> {
  const query = queriesIn('statistics').find((each) => each.name === name)!;
  const finding = (await measure(database, query)).get(statistic);
  return Object.fromEntries(finding?.items ?? []);
}

it('an empty shelf is out of stock, whatever the backroom holds', async () => {
  await database.run(`
    CREATE TABLE products_master AS SELECT unnest([1, 2]) AS ID, DATE '2020-01-01' AS LaunchDate;
    CREATE TABLE store_inventory_snapshots AS
      SELECT s AS StoreID, p AS ProductID, 5 AS ShelfQuantity FROM generate_series(1, 2) a(s), generate_series(1, 2) b(p);
    CREATE TABLE store_inventory_txn AS
      SELECT * FROM (VALUES
        (1, 1, TIMESTAMP '2024-01-02 09:00', -5),
        (1, 1, TIMESTAMP '2024-01-02 11:00', 0),
        (2, 2, TIMESTAMP '2024-01-05 10:30', -5),
        (2, 2, TIMESTAMP '2024-01-08 18:30', -4)
      ) t(StoreID, ProductID, EventTS, ShelfDelta);
    CREATE TABLE shelf_fills AS
      SELECT * FROM (VALUES
        (1, 1, TIMESTAMP '2024-01-04 13:00', 4),
        (2, 2, TIMESTAMP '2024-01-05 13:00', 4)
      ) t(StoreID, ProductID, EventTS, Qty)`);
  // The first from the 2nd to the 4th in the morning; the second between two looks, and from the 8th, 18:30, to the end.
  expect(await itemsOf('out-of-stock', 'stock.out')).toEqual({ '': (3 + 13) / (4 * 21) });
});

it('wishes at an empty shelf are told by what becomes of them', async () => {
  await database.run(`
    CREATE TABLE unmet_demand AS
      SELECT unnest(['OTHER_STORE', 'OTHER_STORE', 'OTHER_BRAND', 'DELAY', 'NOTHING', 'OTHER_SIZE', 'OTHER_SIZE', 'DELAY']) AS Reaction`);
  expect(await itemsOf('reactions', 'stock.reactions')).toEqual({
    'other store': 0.25,
    'other brand': 0.125,
    later: 0.25,
    nothing: 0.125,
    'other size': 0.25,
  });
});

it('visits under a sky are those of cloudy days times a factor', async () => {
  await database.run(`
    CREATE TABLE weather AS
      SELECT 1 AS DCID, Day AS LocalDate, CASE WHEN Day < DATE '2024-01-08' THEN 'CLOUDY' WHEN Day < DATE '2024-01-15' THEN 'RAIN' ELSE 'CLEAR' END AS Sky
      FROM days;
    CREATE TABLE foot_traffic AS
      SELECT 1 AS StoreID, LocalDate + INTERVAL 12 HOUR AS EventTS, 'ENTRANCE' AS Zone,
        unnest(generate_series(1, CASE Sky WHEN 'CLOUDY' THEN 100 WHEN 'RAIN' THEN 90 ELSE 110 END)) AS n
      FROM weather`);
  const { rain, clear } = await itemsOf('sky', 'weather.visits');
  expect(rain).toBeCloseTo(0.9, 6);
  expect(clear).toBeCloseTo(1.1, 6);
});

it('clicks are counted once an impression, by channel', async () => {
  await database.run(`
    CREATE TABLE marketing AS SELECT n AS ImpressionId, CASE WHEN n <= 100 THEN 'SEARCH' ELSE 'EMAIL' END AS Channel FROM generate_series(1, 300) g(n);
    CREATE TABLE ad_clicks AS SELECT unnest([1, 2, 2, 3, 101]) AS ImpressionId`);
  expect(await itemsOf('ad-clicks', 'ads.clicks')).toEqual({ SEARCH: 0.03, EMAIL: 0.005 });
});
