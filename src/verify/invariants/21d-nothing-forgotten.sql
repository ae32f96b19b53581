-- 21d. What is on sale and has a position at or below the least reorder point is reordered at the
-- node's next review.
WITH reviews AS (
  -- The opening, which brings orders forward, is no review.
  SELECT DISTINCT NodeType, NodeID, EventTS
  FROM reorder_lines CROSS JOIN run_window
  WHERE EventTS > StartTS
)
SELECT p.NodeType, p.NodeID, p.ProductID, r.EventTS AS ReviewTS, p.Position, o.LeastReorderPoint
FROM position_steps p
JOIN opening_stock o USING (NodeType, NodeID, ProductID)
JOIN products_master m ON m.ID = p.ProductID
ASOF JOIN reviews r ON r.NodeType = p.NodeType AND r.NodeID = p.NodeID AND p.FromTS < r.EventTS
WHERE p.Position <= o.LeastReorderPoint AND r.EventTS >= m.LaunchDate AND r.EventTS < coalesce(p.ToTS, TIMESTAMP '9999-12-31')
