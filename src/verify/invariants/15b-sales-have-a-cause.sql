-- 15b. No sale moves stock without a receipt or an online order.
SELECT NodeType, NodeID, ProductID, EventTS, TraceId, Source, QtyDelta
FROM stock_moves
WHERE Reason = 'SALE'
  AND NOT (Source = 'POS' AND NodeType = 'STORE' AND TraceId IN (SELECT TraceId FROM receipts))
  AND NOT (Source = 'ONLINE' AND TraceId IN (SELECT OrderId FROM online_orders))
