-- C9j. Customers move within their region, on the first day of a month after the opening and before the year
-- ends up to which promotions are planned; moves are listed by day and customer.
-- nothing to check without moves: customer_moves
WITH moves AS (
  SELECT *,
    lag(MovedOn) OVER (ORDER BY rowid) AS DayBefore,
    lag(CustomerID) OVER (ORDER BY rowid) AS CustomerBefore
  FROM customer_moves
)
SELECT m.CustomerID, m.MovedOn, m.DayBefore, m.CustomerBefore, m.HomeStoreID, c.HomeStoreID AS FirstHomeStoreID
FROM moves m
JOIN customers c ON c.ID = m.CustomerID
JOIN stores h ON h.ID = m.HomeStoreID
JOIN stores s ON s.ID = c.HomeStoreID
CROSS JOIN run_window w
WHERE h.DCID <> s.DCID
  OR day(m.MovedOn) <> 1
  OR m.MovedOn <= w.StartTS
  OR m.MovedOn >= (SELECT date_trunc('year', max(StartTS)) + INTERVAL 1 YEAR FROM promotion_calendar)
  OR m.MovedOn < m.DayBefore
  OR m.MovedOn = m.DayBefore AND m.CustomerID <= m.CustomerBefore
