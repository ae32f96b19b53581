-- 15c. Stock moves in the moment of its cause: the receipt, the picking or cancelling of the order, the
-- return, the loading or unloading of the truck.
WITH causes AS (
  SELECT TraceId, 'POS' AS Source, -1 AS Direction, EventTS FROM receipts
  UNION ALL
  SELECT OrderId, 'ONLINE', CASE Status WHEN 'PICKED' THEN -1 ELSE 1 END, EventTS
  FROM online_order_status
  WHERE Status IN ('PICKED', 'CANCELLED')
  UNION ALL
  SELECT TraceId, 'RETURNS', 1, EventTS FROM returns
  UNION ALL
  SELECT ShipmentId, 'SHIPMENT', CASE Action WHEN 'LOAD' THEN -1 ELSE 1 END, min(EventTS)
  FROM truck_inventory
  GROUP BY ShipmentId, Action
)
SELECT m.NodeType, m.NodeID, m.ProductID, m.TraceId, m.Reason, m.Source, m.EventTS, c.EventTS AS CauseTS
FROM stock_moves m
JOIN causes c ON c.TraceId = m.TraceId AND c.Source = m.Source::VARCHAR AND c.Direction = sign(m.QtyDelta)
WHERE m.EventTS <> c.EventTS
