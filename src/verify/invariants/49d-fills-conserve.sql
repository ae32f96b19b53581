-- 49d. A fill moves goods from the backroom to the shelf and changes nothing of what is in the store.
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
SELECT f.StoreID, f.ProductID, f.EventTS, f.ShelfBalance + f.BackroomBalance AS AfterFill, s.Balance
FROM shelf_fills f
ASOF LEFT JOIN steps s
  ON s.StoreID = f.StoreID AND s.ProductID = f.ProductID AND f.EventTS > s.EventTS
LEFT JOIN moved m
  ON m.StoreID = f.StoreID AND m.ProductID = f.ProductID AND m.EventTS = f.EventTS
-- A movement of the same instant may come before or after.
WHERE f.ShelfBalance + f.BackroomBalance IS DISTINCT FROM s.Balance
  AND f.ShelfBalance + f.BackroomBalance IS DISTINCT FROM m.Balance
