-- 48b. Causes are not later than effects: ad, visit and receipt before attribution, ad before click, receipt and
-- order before lines, promotions, payments and movements, order before its steps, loading before unloading,
-- what made a record wrong before its error.
SELECT 'attributions' AS TableName, a.TraceId, a.EventTS, greatest(m.EventTS, s.EnterTS, r.EventTS) AS CauseTS
FROM attributions a
LEFT JOIN marketing m USING (ImpressionId)
LEFT JOIN sessions s ON s.SessionId = a.SessionId
LEFT JOIN receipts r ON r.ReceiptId = a.ReceiptId
WHERE a.EventTS < greatest(m.EventTS, s.EnterTS, r.EventTS)
UNION ALL
SELECT 'ad_clicks', k.TraceId, k.EventTS, m.EventTS
FROM ad_clicks k JOIN marketing m USING (ImpressionId) WHERE k.EventTS < m.EventTS
UNION ALL
SELECT 'receipt_lines', l.TraceId, l.EventTS, r.EventTS
FROM receipt_lines l JOIN receipts r USING (ReceiptId) WHERE l.EventTS < r.EventTS
UNION ALL
SELECT 'promotions', p.TraceId, p.EventTS, r.EventTS
FROM promotions p JOIN receipts r USING (ReceiptId) WHERE p.EventTS < r.EventTS
UNION ALL
SELECT 'promotions', p.TraceId, p.EventTS, o.EventTS
FROM promotions p JOIN online_orders o USING (OrderId) WHERE p.EventTS < o.EventTS
UNION ALL
SELECT 'payments', p.TraceId, p.EventTS, r.EventTS
FROM payments p JOIN receipts r USING (ReceiptId) WHERE p.EventTS < r.EventTS
UNION ALL
SELECT 'payments', p.TraceId, p.EventTS, o.EventTS
FROM payments p JOIN online_orders o USING (OrderId) WHERE p.EventTS < o.EventTS
UNION ALL
SELECT 'payments', p.TraceId, p.EventTS, s.EventTS
FROM payments p JOIN online_order_status s USING (OrderId)
WHERE p.Status = 'REFUNDED' AND s.Status = 'CANCELLED' AND p.EventTS < s.EventTS
UNION ALL
SELECT 'payments', p.TraceId, p.EventTS, e.EventTS
FROM payments p JOIN returns e USING (TraceId) WHERE p.EventTS < e.EventTS
UNION ALL
SELECT 'stock_moves', m.TraceId, m.EventTS, r.EventTS
FROM stock_moves m JOIN receipts r USING (TraceId) WHERE m.Reason = 'SALE' AND m.EventTS < r.EventTS
UNION ALL
SELECT 'stock_moves', m.TraceId, m.EventTS, t.LoadingTS
FROM stock_moves m JOIN trips t ON t.ShipmentId = m.TraceId
WHERE m.EventTS < CASE WHEN m.QtyDelta > 0 THEN t.UnloadingTS ELSE t.LoadingTS END
UNION ALL
SELECT 'stock_moves', m.TraceId, m.EventTS, s.EventTS
FROM stock_moves m JOIN online_order_status s ON s.OrderId = m.TraceId
WHERE s.Status = CASE WHEN m.QtyDelta > 0 THEN 'CANCELLED' ELSE 'PICKED' END AND m.EventTS < s.EventTS
UNION ALL
SELECT 'record_errors', e.TraceId, e.EventTS, r.EventTS
FROM record_errors e JOIN receipts r USING (TraceId) WHERE e.EventTS < r.EventTS
UNION ALL
SELECT 'record_errors', e.TraceId, e.EventTS, t.UnloadingTS
FROM record_errors e JOIN trips t ON t.ShipmentId = e.TraceId WHERE e.EventTS < t.UnloadingTS
UNION ALL
SELECT 'record_errors', e.TraceId, e.EventTS, m.EventTS
FROM record_errors e JOIN store_inventory_txn m USING (TraceId, StoreID, ProductID)
WHERE e.EventTS < m.EventTS
UNION ALL
SELECT 'unmet_demand', u.TraceId, u.EventTS, s.EnterTS
FROM unmet_demand u JOIN sessions s USING (SessionId) WHERE u.EventTS < s.EnterTS
UNION ALL
SELECT 'online_order_lines', l.TraceId, l.EventTS, o.EventTS
FROM online_order_lines l JOIN online_orders o USING (OrderId) WHERE l.EventTS < o.EventTS
UNION ALL
SELECT 'online_order_status', s.TraceId, s.EventTS, o.EventTS
FROM online_order_status s JOIN online_orders o USING (OrderId) WHERE s.EventTS < o.EventTS
UNION ALL
SELECT 'truck_inventory', u.TraceId, u.EventTS, r.EventTS
FROM truck_inventory u JOIN reorders r USING (OrderRef, ProductID)
WHERE u.Action = 'LOAD' AND u.EventTS < r.EventTS
UNION ALL
SELECT 'truck_inventory', u.TraceId, u.EventTS, l.EventTS
FROM truck_inventory u
JOIN truck_inventory l ON l.ShipmentId = u.ShipmentId AND l.ProductID = u.ProductID
  AND l.OrderRef = u.OrderRef AND l.Action = 'LOAD'
WHERE u.Action = 'UNLOAD' AND u.EventTS < l.EventTS
UNION ALL
SELECT 'supply_chain_disruption', e.TraceId, e.EventTS, b.EventTS
FROM supply_chain_disruption e JOIN supply_chain_disruption b USING (TraceId)
WHERE e.Status = 'RECOVERED' AND b.Status = 'ACTIVE' AND e.EventTS < b.EventTS
