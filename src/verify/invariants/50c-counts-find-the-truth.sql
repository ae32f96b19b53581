-- 50c. A count finds what is in the store and corrects the record by the difference; a zero-balance check
-- finds an empty backroom where the record says that there is stock.
WITH moved AS (
  SELECT StoreID, ProductID, EventTS, arg_max(Balance, rowid) AS Balance
  FROM store_inventory_txn
  GROUP BY StoreID, ProductID, EventTS
),
steps AS (
  SELECT * FROM moved
  UNION ALL
  SELECT StoreID, ProductID, StartTS - INTERVAL 1 MILLISECOND, CurrentQuantity
  FROM store_inventory_snapshots CROSS JOIN run_window
)
SELECT c.StoreID, c.ProductID, c.EventTS, c.Kind, c.Recorded, c.Counted, c.Deviation, s.Balance
FROM stock_counts c
ASOF LEFT JOIN steps s
  ON s.StoreID = c.StoreID AND s.ProductID = c.ProductID AND c.EventTS > s.EventTS
LEFT JOIN moved m
  ON m.StoreID = c.StoreID AND m.ProductID = c.ProductID AND m.EventTS = c.EventTS
WHERE c.Deviation <> c.Counted - c.Recorded
  OR c.Counted IS DISTINCT FROM s.Balance AND c.Counted IS DISTINCT FROM m.Balance
  OR c.Kind = 'ZERO_BALANCE' AND c.Recorded <= 0
