-- 49b. What comes into a store goes to the backroom; what is sold at the till, stolen or broken leaves
-- the shelf; what is picked for an order leaves shelf and backroom.
SELECT StoreID, ProductID, EventTS, TraceId, Source, QtyDelta, ShelfDelta
FROM store_inventory_txn
WHERE ShelfDelta > 0 OR ShelfDelta < least(QtyDelta, 0)
  OR QtyDelta < 0 AND Source <> 'ONLINE' AND ShelfDelta <> QtyDelta
