-- Grocery-like lines by household: whether they were promoted (households with at least ten trips), and whether the
-- household had bought the product on an earlier trip to a store of this world. Months of the world are twelfths of its
-- year; the last quarter is the last of the year, for households with at least ten lines in it.
WITH first_bought AS (
  SELECT CustomerID, ProductID, min(LocalTS) AS FirstTS FROM store_lines WHERE GroceryLike GROUP BY ALL
),
lines AS (
  SELECT
    l.CustomerID,
    l.ReceiptId,
    l.Promoted,
    l.LocalTS > f.FirstTS AS Repeat,
    least(11, floor(12 * date_diff('day', (SELECT min(Day) FROM days), l.Day) / w.Days)) AS Month
  FROM store_lines l
  JOIN first_bought f USING (CustomerID, ProductID)
  CROSS JOIN report_window w
  WHERE l.GroceryLike
),
per_household AS (
  SELECT
    CustomerID,
    count(DISTINCT ReceiptId) AS Trips,
    avg(Promoted::INTEGER) AS Promoted,
    avg(Repeat::INTEGER) FILTER (Month >= 9) AS LastRepeats,
    count(*) FILTER (Month >= 9) AS LastLines
  FROM lines
  GROUP BY CustomerID
)
SELECT 'households.promotions' AS Statistic, NULL AS Item, Promoted AS Value FROM per_household WHERE Trips >= 10
UNION ALL
SELECT 'households.repeats', NULL, LastRepeats FROM per_household WHERE LastLines >= 10
UNION ALL
SELECT 'repeats.months', (Month + 1)::INTEGER::VARCHAR, avg(Repeat::INTEGER) FROM lines GROUP BY Month
