-- Visits to stores that have ended, by the sensors at the doors and at the checkout. Conversion: those with a receipt.
-- A full visit ends in five lines or more, a quick one in one or two. The stay of full visits is compared with a
-- lognormal of the same mean and variance of logarithms: the largest distance of the two distributions at 99
-- percentiles. At the checkout, seconds for no item and for one more are a line through its dwell over the units of
-- the receipt; for no item only before 9:00 local time, when hardly anybody queues.
WITH visit AS (
  SELECT
    SessionId,
    epoch_ms(max(EventTS) FILTER (Zone = 'EXIT') - min(EventTS) FILTER (Zone = 'ENTRANCE')) / 60000 AS Minutes,
    max(Dwell) FILTER (Zone = 'CHECKOUT') AS CheckoutSeconds
  FROM foot_traffic
  GROUP BY SessionId
  HAVING count(*) FILTER (Zone = 'EXIT') > 0
),
basket AS (
  SELECT ReceiptId, count(*) AS Lines, sum(Qty) AS Units FROM store_lines GROUP BY ReceiptId
),
stays AS (
  SELECT v.Minutes, v.CheckoutSeconds, r.ReceiptId IS NOT NULL AS Bought, b.Lines, b.Units, hour(r.LocalTS) AS Hour
  FROM visit v
  LEFT JOIN receipt_times r USING (SessionId)
  LEFT JOIN basket b USING (ReceiptId)
),
full_stays AS (SELECT ln(Minutes) AS y FROM stays WHERE Lines >= 5 AND Minutes > 0),
fitted AS (SELECT avg(y) AS m, stddev_samp(y) AS s FROM full_stays),
percentiles AS (
  SELECT unnest(range(1, 100)) / 100 AS Level, unnest(quantile_cont(y, list_transform(range(1, 100), lambda i: i / 100))) AS y
  FROM full_stays
),
normal AS (
  -- The normal distribution function to within 0.00014 (Page 1977).
  SELECT Level, 1 / (1 + exp(-1.5976 * x - 0.070565992 * x * x * x)) AS Below
  FROM (SELECT Level, (y - m) / s AS x FROM percentiles, fitted WHERE s > 0)
)
SELECT 'visits.conversion' AS Statistic, '' AS Item, avg(Bought::INTEGER) AS Value FROM stays
UNION ALL
SELECT 'visits.full', '', avg(Minutes) FROM stays WHERE Lines >= 5
UNION ALL
SELECT 'visits.quick', '', median(Minutes) FROM stays WHERE Lines <= 2
UNION ALL
SELECT 'visits.lognormal', '', max(abs(Level - Below)) FROM normal
UNION ALL
SELECT 'checkout.base', '', regr_intercept(CheckoutSeconds, Units) FROM stays WHERE Units > 0 AND Hour < 9
UNION ALL
SELECT 'checkout.item', '', regr_slope(CheckoutSeconds, Units) FROM stays WHERE Units > 0
