-- 50e. What is lost unseen is in record_errors; no other loss is.
SELECT m.TraceId, m.StoreID, m.ProductID, m.EventTS, m.Reason, m.Source, m.QtyDelta
FROM store_inventory_txn m
LEFT JOIN record_errors e USING (TraceId, StoreID, ProductID)
WHERE (m.Source = 'FLOOR') <> (e.TraceId IS NOT NULL AND m.Reason IN ('LOST', 'DAMAGED'))
