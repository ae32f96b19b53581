-- 41c. Goods that come back into a store's stock are goods of that return, all that were brought.
-- nothing to check without returned goods in stock: (FROM store_inventory_txn WHERE Reason = 'RETURN' AND Source <> 'ONLINE')
SELECT s.TraceId, s.StoreID, s.ProductID, s.EventTS, s.QtyDelta, e.Qty AS Returned
FROM store_inventory_txn s
LEFT JOIN (
  SELECT TraceId, StoreID, ProductID, sum(Qty) AS Qty, min(EventTS) AS EventTS
  FROM returns
  GROUP BY TraceId, StoreID, ProductID
) e USING (TraceId, StoreID, ProductID)
WHERE s.Reason = 'RETURN' AND s.Source <> 'ONLINE'
  AND (e.Qty IS NULL OR s.QtyDelta <> e.Qty OR s.EventTS < e.EventTS)
