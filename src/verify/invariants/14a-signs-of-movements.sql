-- 14a. QtyDelta is never 0; sales, outbound shipments, damage and loss take away, inbound shipments
-- and returns add.
SELECT NodeType, NodeID, ProductID, EventTS, Reason, QtyDelta
FROM stock_moves
WHERE QtyDelta = 0
  OR QtyDelta > 0 AND Reason IN ('SALE', 'OUTBOUND_SHIPMENT', 'DAMAGED', 'LOST')
  OR QtyDelta < 0 AND Reason IN ('INBOUND_SHIPMENT', 'RETURN')
