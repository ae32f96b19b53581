-- 39c. An order goes on in time: picked or cancelled within 26 hours, ready 2 to 10 minutes after
-- picking, shipped 15 to 60 minutes after it, collected or cancelled within 7 days of being ready, delivered
-- within 14 days of being shipped.
WITH steps AS (
  SELECT o.OrderId, o.FulfillmentMode, o.EventTS AS CreatedTS,
    min(s.EventTS) FILTER (s.Status = 'PICKED') AS PickedTS,
    min(s.EventTS) FILTER (s.Status = 'SHIPPED') AS ShippedTS,
    min(s.EventTS) FILTER (s.Status = 'READY_FOR_PICKUP') AS ReadyTS,
    min(s.EventTS) FILTER (s.Status = 'DELIVERED') AS DeliveredTS,
    min(s.EventTS) FILTER (s.Status IN ('COLLECTED', 'CANCELLED')) AS ClosedTS
  FROM online_orders o
  LEFT JOIN online_order_status s USING (OrderId)
  GROUP BY o.OrderId, o.FulfillmentMode, o.EventTS
)
SELECT s.*
FROM steps s
CROSS JOIN run_window w
WHERE coalesce(PickedTS, ClosedTS, EndTS) > CreatedTS + INTERVAL 26 HOUR
  OR PickedTS < CreatedTS + INTERVAL 1 MINUTE
  OR ReadyTS NOT BETWEEN PickedTS + INTERVAL 2 MINUTE AND PickedTS + INTERVAL 10 MINUTE
  OR ShippedTS NOT BETWEEN PickedTS + INTERVAL 15 MINUTE AND PickedTS + INTERVAL 60 MINUTE
  OR FulfillmentMode = 'BOPIS' AND coalesce(ReadyTS, ClosedTS, EndTS) > PickedTS + INTERVAL 10 MINUTE
  OR FulfillmentMode <> 'BOPIS' AND coalesce(ShippedTS, ClosedTS, EndTS) > PickedTS + INTERVAL 60 MINUTE
  OR coalesce(ClosedTS, EndTS) > ReadyTS + INTERVAL 7 DAY
  OR coalesce(DeliveredTS, EndTS) > ShippedTS + INTERVAL 14 DAY
  OR DeliveredTS < ShippedTS + INTERVAL 1 HOUR
