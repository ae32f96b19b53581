-- 49d. A fill moves goods from the backroom to the shelf and changes nothing of what is in the store.
WITH moved AS (
  SELECT StoreID, ProductID, EventTS, arg_max(Balance, rowid) AS Balance,
    arg_max(ShelfBalance, rowid) AS ShelfAfter, arg_min(ShelfBalance - ShelfDelta, rowid) AS ShelfBefore
  FROM store_inventory_txn
  GROUP BY StoreID, ProductID, EventTS
),
steps AS (
  SELECT StoreID, ProductID, EventTS, Balance FROM moved
  UNION ALL
  SELECT StoreID, ProductID, StartTS - INTERVAL 1 MILLISECOND, CurrentQuantity
  FROM store_inventory_snapshots CROSS JOIN run_window
)
SELECT f.StoreID, f.ProductID, f.EventTS, f.ShelfBalance + f.BackroomBalance AS AfterFill, s.Balance
FROM shelf_fills f
ASOF LEFT JOIN steps s
  ON s.StoreID = f.StoreID AND s.ProductID = f.ProductID AND f.EventTS > s.EventTS
LEFT JOIN moved m
  ON m.StoreID = f.StoreID AND m.ProductID = f.ProductID AND m.EventTS = f.EventTS
-- Of movements in the same instant, the shelf tells whether they came before or after.
WHERE f.ShelfBalance + f.BackroomBalance IS DISTINCT FROM s.Balance
    AND (m.EventTS IS NULL OR m.ShelfAfter <> f.ShelfBalance - f.Qty)
  OR f.ShelfBalance + f.BackroomBalance <> m.Balance
    AND m.ShelfAfter = f.ShelfBalance - f.Qty AND m.ShelfBefore <> f.ShelfBalance
