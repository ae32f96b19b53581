-- Households (customers) by their grocery trips to stores. Trips a week, stores, first store and sales are of every
-- household with a trip; the figures within a household of those with at least ten trips.
WITH per_store AS (
  SELECT CustomerID, StoreID, count(*) AS Trips FROM trips GROUP BY ALL
),
stores_of AS (
  SELECT CustomerID, count(*) AS Stores, max(Trips) / sum(Trips) AS TopShare FROM per_store GROUP BY CustomerID
),
household AS (
  SELECT
    CustomerID,
    count(*) AS Trips,
    sum(Value) AS Value,
    avg(Lines) AS Lines,
    stddev_samp(Value) / avg(Value) AS Variation,
    avg((isodow(LocalTS) >= 6)::INTEGER) AS Weekend,
    stddev_samp(epoch_ms(LocalTS) % 86400000 / 3600000) AS HoursSd
  FROM trips
  GROUP BY CustomerID
),
weeks AS (SELECT Days / 7 AS Weeks FROM report_window),
steady AS (SELECT * FROM household WHERE Trips >= 10),
ranked AS (
  SELECT Value, row_number() OVER (ORDER BY Value DESC, CustomerID) AS Place, count(*) OVER () AS Households
  FROM household
),
tops AS (SELECT unnest([0.01, 0.05, 0.1, 0.2, 0.5]) AS Top)
SELECT 'households.trips' AS Statistic, NULL AS Item, Trips / Weeks AS Value FROM household, weeks
UNION ALL
SELECT 'households.trips.mean', '', avg(Trips / Weeks) FROM household, weeks
UNION ALL
SELECT 'households.stores', NULL, Stores FROM stores_of
UNION ALL
-- Nobody can go to more stores than are in the largest region.
SELECT 'households.stores', 'at most', max(Stores) FROM (SELECT count(*) AS Stores FROM stores GROUP BY DCID)
UNION ALL
SELECT 'households.top-store', '', median(TopShare) FROM stores_of
UNION ALL
SELECT 'households.concentration', printf('%g %%', 100 * Top),
  sum(Value) FILTER (Place <= ceil(Top * Households)) / sum(Value)
FROM ranked, tops
GROUP BY Top
UNION ALL
SELECT 'households.lines', NULL, Lines FROM steady
UNION ALL
-- Relative to the mean basket of all, not to the mean household.
SELECT 'households.lines', 'unit', avg(Lines) FROM trips
UNION ALL
SELECT 'households.variation', NULL, Variation FROM steady
UNION ALL
SELECT 'households.weekend', NULL, Weekend FROM steady
UNION ALL
SELECT 'households.hours', NULL, HoursSd FROM steady
