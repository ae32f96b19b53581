-- Refunds of goods that were bought in stores over sales of stores before tax, for all departments and for Grocery, and
-- all refunds of 26 December over those of the mean local day.
WITH returned AS (
  SELECT (t.EventTS + z.UtcOffset)::DATE AS Day, p.Department, t.Refund::DOUBLE AS Value,
    t.ReceiptId IS NOT NULL AS OfStore
  FROM returns t
  JOIN products p USING (ProductID)
  JOIN stores s ON s.ID = t.StoreID
  JOIN zone_offsets z ON z.TimeZone = s.TimeZone AND t.EventTS >= z.FromTS AND t.EventTS < z.ToTS
),
sold AS (
  SELECT sum(Value) AS Value, sum(Value) FILTER (Department = 'Grocery') AS Grocery FROM day_sales WHERE Channel = 'store'
)
SELECT 'returns.share' AS Statistic, '' AS Item, (SELECT sum(Value) FROM returned WHERE OfStore) / Value AS Value FROM sold
UNION ALL
SELECT 'returns.grocery', '', (SELECT sum(Value) FROM returned WHERE OfStore AND Department = 'Grocery') / Grocery FROM sold
UNION ALL
SELECT 'returns.26-dec', '', sum(Value) FILTER (Day IN (SELECT Christmas + 1 FROM holidays)) /
  (sum(Value) / (SELECT count(*) FROM days))
FROM returned
JOIN days USING (Day)
