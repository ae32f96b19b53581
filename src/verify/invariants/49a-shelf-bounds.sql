-- 49a. A shelf never holds less than nothing, nor more than its capacity; nor is more on it than in the
-- store, at the opening, after each movement and fill, and at the closing.
SELECT 'store_inventory_snapshots' AS TableName, StoreID, ProductID, NULL AS EventTS,
  ShelfQuantity AS Shelf, ShelfCapacity, CurrentQuantity AS InStore
FROM store_inventory_snapshots
WHERE ShelfQuantity < 0 OR ShelfQuantity > least(ShelfCapacity, CurrentQuantity)
UNION ALL
SELECT 'store_inventory_txn', m.StoreID, m.ProductID, m.EventTS, m.ShelfBalance, c.ShelfCapacity, m.Balance
FROM store_inventory_txn m
LEFT JOIN store_inventory_snapshots c USING (StoreID, ProductID)
WHERE m.ShelfBalance < 0 OR m.ShelfBalance > least(coalesce(c.ShelfCapacity, 0), m.Balance)
UNION ALL
SELECT 'shelf_fills', f.StoreID, f.ProductID, f.EventTS, f.ShelfBalance, c.ShelfCapacity,
  f.ShelfBalance + f.BackroomBalance
FROM shelf_fills f
LEFT JOIN store_inventory_snapshots c USING (StoreID, ProductID)
WHERE f.Qty <= 0 OR f.BackroomBalance < 0 OR f.ShelfBalance < f.Qty
  OR f.ShelfBalance > coalesce(c.ShelfCapacity, 0)
UNION ALL
SELECT 'closing_store_stock', s.StoreID, s.ProductID, NULL, s.Shelf, c.ShelfCapacity, s.OnHand
FROM closing_store_stock s
LEFT JOIN store_inventory_snapshots c USING (StoreID, ProductID)
WHERE s.Shelf < 0 OR s.Backroom < 0 OR s.Shelf > coalesce(c.ShelfCapacity, 0)
