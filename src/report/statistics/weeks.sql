-- Sales of the seven days that end with Black Friday, and of those that end on 24 December, over the median week:
-- general merchandise, which is every department but Grocery, stores and online together. Weeks are counted in
-- sevens from the first complete local day.
WITH merchandise AS (
  SELECT d.Day, coalesce(sum(s.Value), 0) AS Value
  FROM days d
  LEFT JOIN day_sales s ON s.Day = d.Day AND s.Department <> 'Grocery'
  GROUP BY d.Day
),
weeks AS (
  SELECT sum(Value) AS Value
  FROM merchandise
  GROUP BY date_diff('day', (SELECT min(Day) FROM days), Day) // 7
  HAVING count(*) = 7
),
peaks AS (
  SELECT 'weeks.thanksgiving' AS Statistic, BlackFriday AS LastDay FROM holidays
  UNION ALL
  SELECT 'weeks.christmas', Christmas - 1 FROM holidays
)
SELECT p.Statistic, '' AS Item, sum(m.Value) / (SELECT median(Value) FROM weeks) AS Value
FROM peaks p
JOIN merchandise m ON m.Day BETWEEN p.LastDay - 6 AND p.LastDay
GROUP BY p.Statistic, p.LastDay
HAVING count(*) = 7
