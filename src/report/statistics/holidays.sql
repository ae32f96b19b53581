-- Grocery-like sales of stores on a holiday over those of the mean local day.
WITH grocery AS (
  SELECT d.Day, coalesce(sum(s.Value), 0) AS Value
  FROM days d
  LEFT JOIN day_sales s ON s.Day = d.Day AND s.Channel = 'store'
    AND s.Department IN ('Grocery', 'Health & Beauty', 'Baby & Kids', 'Pet Supplies')
  GROUP BY d.Day
),
named AS (
  SELECT 'Thanksgiving' AS Item, BlackFriday - 1 AS Day FROM holidays
  UNION ALL
  SELECT 'Black Friday', BlackFriday FROM holidays
  UNION ALL
  SELECT '23 Dec', Christmas - 2 FROM holidays
)
SELECT 'days.holidays' AS Statistic, Item, Value / (SELECT avg(Value) FROM grocery) AS Value
FROM named
JOIN grocery USING (Day)
