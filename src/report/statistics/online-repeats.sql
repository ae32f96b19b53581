-- Customers who order online again: days between two successive orders of a customer, at most 30 as the source caps
-- them; and the share of lines that the customer had ordered online before, in orders of customers who had placed at
-- least ten before.
WITH numbered AS (
  SELECT OrderId, CustomerID, LocalTS,
    lag(LocalTS) OVER w AS Previous,
    row_number() OVER w AS Place
  FROM orders
  WINDOW w AS (PARTITION BY CustomerID ORDER BY LocalTS, OrderId)
),
gaps AS (SELECT least(30, epoch_ms(LocalTS - Previous) / 86400000) AS Days FROM numbered WHERE Previous IS NOT NULL),
first_ordered AS (SELECT CustomerID, ProductID, min(LocalTS) AS FirstTS FROM order_lines GROUP BY ALL)
SELECT 'online.gaps' AS Statistic, 'median' AS Item, median(Days) AS Value FROM gaps
UNION ALL
SELECT 'online.gaps', 'mean', avg(Days) FROM gaps
UNION ALL
SELECT 'online.reorders', '', avg((l.LocalTS > f.FirstTS)::INTEGER)
FROM order_lines l
JOIN numbered n USING (OrderId)
JOIN first_ordered f ON f.CustomerID = l.CustomerID AND f.ProductID = l.ProductID
WHERE n.Place > 10
HAVING count(*) >= 100
