-- 21a. A reorder states the stock on hand and the inventory position (on hand + on order -
-- committed) of its node at the review.
SELECT r.NodeType, r.NodeID, r.ProductID, r.EventTS, r.CurrentQuantity, p.OnHand, r.InventoryPosition,
  p.Position
FROM reorder_lines r
ASOF LEFT JOIN position_steps p
  ON p.NodeType = r.NodeType AND p.NodeID = r.NodeID AND p.ProductID = r.ProductID AND r.EventTS > p.FromTS
WHERE r.CurrentQuantity IS DISTINCT FROM p.OnHand OR r.InventoryPosition IS DISTINCT FROM p.Position
