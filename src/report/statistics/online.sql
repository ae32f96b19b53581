-- Online orders by the customer's local weekday and hour, their lines, and their share of all sales before tax.
WITH by_day AS (
  SELECT d.Day, d.Weekday, count(o.OrderId) AS Orders
  FROM days d
  LEFT JOIN orders o USING (Day)
  GROUP BY d.Day, d.Weekday
),
by_weekday AS (SELECT Weekday, avg(Orders) AS Orders FROM by_day GROUP BY Weekday),
sizes AS (SELECT count(*) AS Lines FROM order_lines GROUP BY OrderId)
SELECT 'online.weekdays' AS Statistic, Weekday AS Item, Orders / nullif(sum(Orders) OVER (), 0) AS Value
FROM by_weekday
UNION ALL
SELECT 'online.hours', hour(LocalTS)::VARCHAR, count(*) / (SELECT count(*) FROM orders)
FROM orders
WHERE hour(LocalTS) BETWEEN 10 AND 15
GROUP BY hour(LocalTS)
UNION ALL
SELECT 'online.hours', '0-4', count(*) FILTER (hour(LocalTS) < 5) / nullif(count(*), 0) FROM orders
UNION ALL
SELECT 'baskets.online', 'mean', avg(Lines) FROM sizes
UNION ALL
SELECT 'baskets.online', unnest(['p25', 'median', 'p75']), unnest(quantile_disc(Lines, [0.25, 0.5, 0.75])) FROM sizes
UNION ALL
SELECT 'online.share', '', sum(Value) FILTER (Channel = 'online') / sum(Value) FROM day_sales
