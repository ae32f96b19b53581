-- 21c. The quantity brings the position to the order-up-to level, within one case pack.
SELECT r.NodeType, r.NodeID, r.ProductID, r.EventTS, r.ReorderQuantity, r.InventoryPosition,
  r.OrderUpToLevel, p.CasePack
FROM reorder_lines r
JOIN products_master p ON p.ID = r.ProductID
WHERE r.ReorderQuantity <= 0
  OR r.InventoryPosition + r.ReorderQuantity < r.OrderUpToLevel
  OR r.InventoryPosition + r.ReorderQuantity >= r.OrderUpToLevel + p.CasePack
