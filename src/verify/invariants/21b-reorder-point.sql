-- 21b. What is reordered has an inventory position at or below the reorder point, which is never
-- below the opening one.
SELECT r.NodeType, r.NodeID, r.ProductID, r.EventTS, r.InventoryPosition, r.ReorderPoint,
  o.ReorderPoint AS OpeningReorderPoint
FROM reorder_lines r
LEFT JOIN opening_stock o USING (NodeType, NodeID, ProductID)
WHERE r.InventoryPosition > r.ReorderPoint OR r.ReorderPoint < o.ReorderPoint
