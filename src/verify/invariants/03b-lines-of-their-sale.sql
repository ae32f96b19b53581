-- 03b. Lines and promotions are written in the moment of their receipt or order, under its TraceId,
-- and by its store.
SELECT 'receipt_lines' AS TableName, l.ReceiptId, NULL AS OrderId, l.ProductID, l.TraceId, l.EventTS,
  l.StoreID, r.TraceId AS SaleTraceId, r.EventTS AS SaleTS, r.StoreID AS SaleStoreID
FROM receipt_lines l
JOIN receipts r USING (ReceiptId)
WHERE l.TraceId <> r.TraceId OR l.EventTS <> r.EventTS OR l.StoreID <> r.StoreID
UNION ALL
SELECT 'promotions', p.ReceiptId, NULL, p.ProductID, p.TraceId, p.EventTS, NULL, r.TraceId, r.EventTS,
  r.StoreID
FROM promotions p
JOIN receipts r USING (ReceiptId)
WHERE p.TraceId <> r.TraceId OR p.EventTS <> r.EventTS
UNION ALL
SELECT 'online_order_lines', NULL, l.OrderId, l.ProductID, l.TraceId, l.EventTS, NULL, o.TraceId,
  o.EventTS, NULL
FROM online_order_lines l
JOIN online_orders o USING (OrderId)
WHERE l.TraceId <> o.TraceId OR l.EventTS <> o.EventTS
UNION ALL
SELECT 'promotions', NULL, p.OrderId, p.ProductID, p.TraceId, p.EventTS, NULL, o.TraceId, o.EventTS, NULL
FROM promotions p
JOIN online_orders o USING (OrderId)
WHERE p.TraceId <> o.TraceId OR p.EventTS <> o.EventTS
UNION ALL
SELECT 'promotions', ReceiptId, OrderId, ProductID, TraceId, EventTS, NULL, NULL, NULL, NULL
FROM promotions
WHERE (ReceiptId IS NULL) = (OrderId IS NULL)
