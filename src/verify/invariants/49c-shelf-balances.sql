-- 49c. What is on a shelf is what it opened with, plus what was brought from the backroom, minus what
-- was taken: after the last movement or fill of each instant.
WITH moved AS (
  SELECT StoreID, ProductID, EventTS, arg_max(ShelfBalance, rowid) AS ShelfBalance
  FROM store_inventory_txn
  WHERE ShelfDelta <> 0
  GROUP BY StoreID, ProductID, EventTS
)
SELECT s.StoreID, s.ProductID, s.FromTS AS EventTS, s.Shelf, m.ShelfBalance AS AfterMovement,
  f.ShelfBalance AS AfterFill
FROM shelf_steps s
LEFT JOIN moved m ON m.StoreID = s.StoreID AND m.ProductID = s.ProductID AND m.EventTS = s.FromTS
LEFT JOIN shelf_fills f ON f.StoreID = s.StoreID AND f.ProductID = s.ProductID AND f.EventTS = s.FromTS
WHERE coalesce(m.ShelfBalance, f.ShelfBalance) IS NOT NULL
  AND s.Shelf IS DISTINCT FROM m.ShelfBalance AND s.Shelf IS DISTINCT FROM f.ShelfBalance
