-- 15a. Per receipt and product, what was sold is what left the store's stock under the same
-- TraceId.
SELECT TraceId, StoreID, ProductID, sum(Sold) AS Sold, sum(Taken) AS TakenFromStock
FROM (
  SELECT TraceId, StoreID, ProductID, Qty AS Sold, 0 AS Taken
  FROM receipt_lines
  UNION ALL
  SELECT TraceId, StoreID, ProductID, 0, -QtyDelta
  FROM store_inventory_txn
  WHERE Reason = 'SALE' AND Source = 'POS' AND TraceId IN (SELECT TraceId FROM receipts)
)
GROUP BY TraceId, StoreID, ProductID
HAVING sum(Sold) <> sum(Taken)
