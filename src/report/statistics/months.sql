-- Sales of a calendar month over the mean month, stores and online together. A month's total is the mean of its
-- complete local days times the days that it has, so that a day cut off at the end of the world doesn't count.
WITH covered AS (
  SELECT Month, count(*) AS Days, any_value(day(last_day(Day))) AS Length FROM days GROUP BY Month
),
named AS (
  SELECT Day, 'months.all' AS Statistic, Value FROM day_sales
  UNION ALL
  SELECT Day, 'months.' || CASE Department WHEN 'Home & Garden' THEN 'home-garden' ELSE lower(Department) END, Value
  FROM day_sales
  WHERE Department IN ('Grocery', 'Electronics', 'Home & Garden', 'Clothing')
),
totals AS (
  SELECT n.Statistic, d.Month, sum(n.Value) / any_value(c.Days) * any_value(c.Length) AS Total
  FROM named n
  JOIN days d USING (Day)
  JOIN covered c ON c.Month = d.Month
  WHERE (SELECT count(*) FROM covered WHERE Days >= 25) = 12
  GROUP BY n.Statistic, d.Month
)
SELECT Statistic, Month AS Item, Total / avg(Total) OVER (PARTITION BY Statistic) AS Value
FROM totals
