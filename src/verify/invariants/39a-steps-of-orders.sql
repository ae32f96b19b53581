-- 39a. An order is created <= picked < shipped < delivered, or created <= picked <= ready <
-- collected, skips no step, and ends once.
WITH steps AS (
  SELECT o.OrderId, o.FulfillmentMode, o.EventTS AS OrderTS,
    min(s.EventTS) FILTER (s.Status = 'CREATED') AS CreatedTS,
    min(s.EventTS) FILTER (s.Status = 'PICKED') AS PickedTS,
    min(s.EventTS) FILTER (s.Status = 'SHIPPED') AS ShippedTS,
    min(s.EventTS) FILTER (s.Status = 'DELIVERED') AS DeliveredTS,
    min(s.EventTS) FILTER (s.Status = 'READY_FOR_PICKUP') AS ReadyTS,
    min(s.EventTS) FILTER (s.Status = 'COLLECTED') AS CollectedTS,
    min(s.EventTS) FILTER (s.Status = 'CANCELLED') AS CancelledTS,
    max(s.EventTS) AS LastTS
  FROM online_orders o
  LEFT JOIN online_order_status s USING (OrderId)
  GROUP BY o.OrderId, o.FulfillmentMode, o.EventTS
)
SELECT *
FROM steps
WHERE CreatedTS IS DISTINCT FROM OrderTS
  OR PickedTS < CreatedTS
  OR ShippedTS <= PickedTS
  OR DeliveredTS <= ShippedTS
  OR ReadyTS < PickedTS
  OR CollectedTS <= ReadyTS
  OR PickedTS IS NULL AND coalesce(ShippedTS, ReadyTS) IS NOT NULL
  OR ShippedTS IS NULL AND DeliveredTS IS NOT NULL
  OR ReadyTS IS NULL AND CollectedTS IS NOT NULL
  OR CancelledTS < LastTS
  OR CancelledTS IS NOT NULL AND coalesce(ShippedTS, CollectedTS) IS NOT NULL
