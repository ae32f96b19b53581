-- 48b. Causes are not later than effects: ad, visit and receipt before attribution, receipt before
-- its lines, order before its steps, loading before unloading.
SELECT 'attributions' AS TableName, a.TraceId, a.EventTS, greatest(m.EventTS, s.EnterTS, r.EventTS) AS CauseTS
FROM attributions a
LEFT JOIN marketing m USING (ImpressionId)
LEFT JOIN sessions s ON s.SessionId = a.SessionId
LEFT JOIN receipts r ON r.ReceiptId = a.ReceiptId
WHERE a.EventTS < greatest(m.EventTS, s.EnterTS, r.EventTS)
UNION ALL
SELECT 'receipt_lines', l.TraceId, l.EventTS, r.EventTS
FROM receipt_lines l JOIN receipts r USING (ReceiptId) WHERE l.EventTS < r.EventTS
UNION ALL
SELECT 'promotions', p.TraceId, p.EventTS, r.EventTS
FROM promotions p JOIN receipts r USING (ReceiptId) WHERE p.EventTS < r.EventTS
UNION ALL
SELECT 'online_order_status', s.TraceId, s.EventTS, o.EventTS
FROM online_order_status s JOIN online_orders o USING (OrderId) WHERE s.EventTS < o.EventTS
UNION ALL
SELECT 'truck_inventory', u.TraceId, u.EventTS, l.EventTS
FROM truck_inventory u
JOIN truck_inventory l ON l.ShipmentId = u.ShipmentId AND l.ProductID = u.ProductID
  AND l.OrderRef = u.OrderRef AND l.Action = 'LOAD'
WHERE u.Action = 'UNLOAD' AND u.EventTS < l.EventTS
