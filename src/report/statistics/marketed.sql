-- Visits that an ad brought (attributions) against all others: how many end in a receipt; and of those that do, what
-- they spend before tax, how many lines they buy and how long they stay.
WITH visit AS (
  SELECT SessionId,
    epoch_ms(max(EventTS) FILTER (Zone = 'EXIT') - min(EventTS) FILTER (Zone = 'ENTRANCE')) / 60000 AS Minutes
  FROM foot_traffic
  GROUP BY SessionId
  HAVING count(*) FILTER (Zone = 'EXIT') > 0
),
brought AS (SELECT DISTINCT SessionId FROM attributions),
groups AS (
  SELECT
    b.SessionId IS NOT NULL AS Marketed,
    count(*) AS Visits,
    avg((r.ReceiptId IS NOT NULL)::INTEGER) AS Purchases,
    avg(r.Value) AS Spend,
    avg(k.AllLines) AS Lines,
    avg(v.Minutes) FILTER (r.ReceiptId IS NOT NULL) AS Stay
  FROM visit v
  LEFT JOIN brought b USING (SessionId)
  LEFT JOIN receipt_times r USING (SessionId)
  LEFT JOIN baskets k USING (ReceiptId)
  GROUP BY ALL
),
compared AS (
  SELECT m.Purchases, o.Purchases AS Others, m.Spend / o.Spend AS Spend, m.Lines / o.Lines AS Lines, m.Stay / o.Stay AS Stay
  FROM groups m, groups o
  WHERE m.Marketed AND NOT o.Marketed AND m.Visits >= 200
)
SELECT 'ads.purchases' AS Statistic, '' AS Item, Purchases AS Value FROM compared
UNION ALL
SELECT 'ads.purchases.others', '', Others FROM compared
UNION ALL
SELECT 'ads.spend', '', Spend FROM compared
UNION ALL
SELECT 'ads.lines', '', Lines FROM compared
UNION ALL
SELECT 'ads.stay', '', Stay FROM compared
