-- 41d. All returned goods that are RESTOCKED come back into the store's stock, the others never; goods
-- that need cooling are not restocked.
SELECT e.TraceId, e.StoreID, e.ProductID, e.Disposition, e.Qty AS Returned, s.Qty AS Restocked
FROM returns e
LEFT JOIN (
  SELECT TraceId, ProductID, sum(QtyDelta) AS Qty
  FROM store_inventory_txn
  WHERE Reason = 'RETURN'
  GROUP BY TraceId, ProductID
) s USING (TraceId, ProductID)
JOIN products_master p ON p.ID = e.ProductID
WHERE (e.Disposition = 'RESTOCKED') <> (s.Qty IS NOT NULL) OR s.Qty <> e.Qty
  OR e.Disposition = 'RESTOCKED' AND p.RequiresRefrigeration
