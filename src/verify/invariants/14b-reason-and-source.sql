-- 14b. Reason, Source and TraceId of a movement tell one story: sales at the till or online, shipments
-- by truck, returns at the desk or of cancelled orders, shrink found at a count.
SELECT NodeType, NodeID, ProductID, EventTS, TraceId, Reason, Source
FROM stock_moves
WHERE NOT CASE Source
    WHEN 'POS' THEN NodeType = 'STORE' AND Reason = 'SALE' AND id_kind(TraceId) = 'S'
    WHEN 'ONLINE' THEN Reason IN ('SALE', 'RETURN') AND id_kind(TraceId) = 'O'
    WHEN 'RETURNS' THEN NodeType = 'STORE' AND Reason = 'RETURN' AND id_kind(TraceId) = 'E'
    WHEN 'SHIPMENT' THEN id_kind(TraceId) = 'H'
      AND (Reason = 'INBOUND_SHIPMENT' OR Reason = 'OUTBOUND_SHIPMENT' AND NodeType = 'DC')
    WHEN 'COUNT' THEN Reason IN ('ADJUSTMENT', 'DAMAGED', 'LOST')
      AND id_kind(TraceId) = CASE NodeType WHEN 'STORE' THEN 'A' ELSE 'G' END
  END
