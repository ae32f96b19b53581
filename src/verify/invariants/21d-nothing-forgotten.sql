-- 21d. What has a position at or below the opening reorder point is reordered at the node's next
-- review.
WITH reviews AS (
  SELECT DISTINCT NodeType, NodeID, EventTS FROM reorder_lines
)
SELECT p.NodeType, p.NodeID, p.ProductID, r.EventTS AS ReviewTS, p.Position, o.ReorderPoint
FROM position_steps p
JOIN opening_stock o USING (NodeType, NodeID, ProductID)
ASOF JOIN reviews r ON r.NodeType = p.NodeType AND r.NodeID = p.NodeID AND p.FromTS < r.EventTS
WHERE p.Position <= o.ReorderPoint AND r.EventTS < coalesce(p.ToTS, TIMESTAMP '9999-12-31')
