-- 21b. What is reordered has an inventory position at or below the reorder point, which is never
-- below the least one of the opening stock.
SELECT r.NodeType, r.NodeID, r.ProductID, r.EventTS, r.InventoryPosition, r.ReorderPoint,
  o.LeastReorderPoint
FROM reorder_lines r
LEFT JOIN opening_stock o USING (NodeType, NodeID, ProductID)
WHERE r.InventoryPosition > r.ReorderPoint OR r.ReorderPoint < o.LeastReorderPoint
  OR o.ReorderPoint < o.LeastReorderPoint
