-- 51d. A shelf that a shopper finds empty has no more on it than others have in their carts or the store has
-- promised to online orders.
-- nothing to check without unmet demand: unmet_demand
WITH open_carts AS (
  SELECT StoreID, min(EnterTS) AS FromTS FROM sessions WHERE ExitTS IS NULL GROUP BY StoreID
),
found AS (
  SELECT u.TraceId, u.StoreID, u.ProductID, u.EventTS, b.Shelf
  FROM unmet_demand u
  ASOF LEFT JOIN shelf_steps b
    ON b.StoreID = u.StoreID AND b.ProductID = u.ProductID AND u.EventTS > b.FromTS
  LEFT JOIN open_carts o ON o.StoreID = u.StoreID
  -- What is in the carts of visits that are still under way when the run ends is on no receipt.
  WHERE b.Shelf IS NULL OR b.Shelf > 0 AND u.EventTS <= coalesce(o.FromTS, u.EventTS)
),
taken AS (
  SELECT f.TraceId, f.ProductID, l.Qty
  FROM (SELECT *, unnest([0, 1]) AS DaysLater FROM found) f
  JOIN receipt_lines l
    ON l.StoreID = f.StoreID AND l.ProductID = f.ProductID AND l.EventTS >= f.EventTS
    AND l.EventTS::DATE = f.EventTS::DATE + f.DaysLater
  JOIN sessions s ON s.SessionId = l.TraceId AND s.EnterTS < f.EventTS
  UNION ALL
  SELECT f.TraceId, f.ProductID, l.Qty
  FROM found f
  JOIN online_orders o
    ON o.FulfillmentNodeType = 'STORE' AND o.FulfillmentNodeID = f.StoreID AND o.EventTS <= f.EventTS
  JOIN online_order_lines l ON l.OrderId = o.OrderId AND l.ProductID = f.ProductID
  LEFT JOIN (
    SELECT OrderId, min(EventTS) AS EventTS
    FROM online_order_status
    WHERE Status IN ('PICKED', 'CANCELLED')
    GROUP BY OrderId
  ) d ON d.OrderId = o.OrderId
  WHERE d.EventTS IS NULL OR d.EventTS >= f.EventTS
)
SELECT f.TraceId, f.StoreID, f.ProductID, f.EventTS, f.Shelf, sum(t.Qty) AS InCartsOrPromised
FROM found f
LEFT JOIN taken t USING (TraceId, ProductID)
GROUP BY ALL
HAVING f.Shelf IS NULL OR f.Shelf > coalesce(sum(t.Qty), 0)
