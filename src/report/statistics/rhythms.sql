-- When groceries are bought in stores: by weekday (a weekday's mean day over the sum of all seven, so that a range
-- need not be whole weeks) and by hour of the day. Trips count receipts with grocery-like lines, sales what those
-- lines cost.
WITH by_day AS (
  SELECT d.Day, d.Weekday, count(t.ReceiptId) AS Trips, coalesce(sum(t.Value), 0) AS Sales
  FROM days d
  LEFT JOIN trips t USING (Day)
  GROUP BY d.Day, d.Weekday
),
by_weekday AS (
  SELECT Weekday, avg(Trips) AS Trips, avg(Sales) AS Sales FROM by_day GROUP BY Weekday
),
by_hour AS (
  SELECT hour(LocalTS) AS Hour, count(*) AS Trips, sum(Value) AS Sales FROM trips GROUP BY ALL
)
SELECT 'weekdays.trips' AS Statistic, Weekday AS Item, Trips / sum(Trips) OVER () AS Value FROM by_weekday
UNION ALL
SELECT 'weekdays.sales', Weekday, Sales / sum(Sales) OVER () FROM by_weekday
UNION ALL
SELECT 'hours.trips', Hour::VARCHAR, Trips / sum(Trips) OVER () FROM by_hour
UNION ALL
SELECT 'hours.open', Hour::VARCHAR, Sales / sum(Sales) OVER () FROM by_hour WHERE Hour BETWEEN 8 AND 22
