-- C8c. The least reorder point is a quarter of the opening one, to the nearest unit and at least 1; where the
-- config sets the points of all stores or all DCs, it is the opening one.
WITH ranged AS (
  SELECT NodeType, bool_or(LeastReorderPoint = ReorderPoint AND ReorderPoint > 1) AS IsRanged
  FROM opening_stock
  GROUP BY NodeType
)
SELECT NodeType, NodeID, ProductID, ReorderPoint, LeastReorderPoint, IsRanged
FROM opening_stock
JOIN ranged USING (NodeType)
WHERE LeastReorderPoint <> CASE
  WHEN IsRanged THEN ReorderPoint
  ELSE least(ReorderPoint, greatest(1, (ReorderPoint + 2) // 4))
END
