-- Sales a day by department and month, over the department's mean day
WITH by_month AS (
  SELECT s.Department, strftime(d.Day, '%Y-%m') AS Month, sum(s.Value) / count(DISTINCT d.Day) AS Value
  FROM day_sales s
  JOIN days d USING (Day)
  GROUP BY ALL
)
SELECT Month AS X, Department AS Y, Value / avg(Value) OVER (PARTITION BY Department) AS Value
FROM by_month
ORDER BY Y, X
