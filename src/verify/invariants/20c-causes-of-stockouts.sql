-- 20c. A stockout of a store says what its backroom and its record hold after the movement; its cause is
-- NOT_FILLED with goods in the backroom, else RECORD_ERROR if the record says that there are any, else
-- ON_ORDER or NOT_ORDERED.
SELECT o.StoreID, o.DCID, o.ProductID, o.EventTS, o.BackroomQuantity, m.Balance, o.RecordedQuantity,
  m.RecordedBalance, o.OnOrderQuantity, o.Cause
FROM stockouts o
LEFT JOIN store_inventory_txn m
  ON m.TraceId = o.TraceId AND m.ProductID = o.ProductID AND m.StoreID = o.StoreID AND m.QtyDelta < 0
WHERE o.BackroomQuantity IS DISTINCT FROM m.Balance
  OR o.RecordedQuantity <> coalesce(m.RecordedBalance, 0)
  OR o.OnOrderQuantity < 0
  OR o.Cause <> CASE
    WHEN o.BackroomQuantity > 0 THEN 'NOT_FILLED'
    WHEN o.RecordedQuantity > 0 THEN 'RECORD_ERROR'
    WHEN o.OnOrderQuantity > 0 THEN 'ON_ORDER'
    ELSE 'NOT_ORDERED'
  END
