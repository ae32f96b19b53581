-- 12b. Opening stock plus all movements is the simulation's own closing stock, per node and
-- product.
WITH counted AS (
  SELECT NodeType, NodeID, ProductID, sum(Units) AS Units
  FROM (
    SELECT NodeType, NodeID, ProductID, CurrentQuantity AS Units FROM opening_stock
    UNION ALL
    SELECT NodeType, NodeID, ProductID, QtyDelta FROM stock_moves
  )
  GROUP BY NodeType, NodeID, ProductID
)
SELECT NodeType, NodeID, ProductID, c.Units AS OpeningPlusMovements, s.OnHand AS Closing
FROM counted c
FULL JOIN closing_stock s USING (NodeType, NodeID, ProductID)
WHERE coalesce(c.Units, 0) <> coalesce(s.OnHand, 0)
