-- 49f. When the world opens, each shelf is as full as goods and room allow; it has room for whole cases.
SELECT s.StoreID, s.ProductID, s.ShelfQuantity, s.ShelfCapacity, s.CurrentQuantity, p.CasePack
FROM store_inventory_snapshots s
JOIN products_master p ON p.ID = s.ProductID
WHERE s.ShelfQuantity <> least(s.ShelfCapacity, s.CurrentQuantity)
  OR s.ShelfCapacity < p.CasePack OR s.ShelfCapacity % p.CasePack <> 0
