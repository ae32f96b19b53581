-- 12c. What was ordered and has not come in is the simulation's own count of units on order, per
-- node and product.
WITH counted AS (
  SELECT NodeType, NodeID, ProductID, sum(Units) AS Units
  FROM (
    SELECT NodeType, NodeID, ProductID, ReorderQuantity AS Units FROM reorder_lines
    UNION ALL
    SELECT r.NodeType, r.NodeID, r.ProductID, -t.Quantity
    FROM truck_inventory t
    JOIN reorder_lines r USING (OrderRef, ProductID)
    WHERE t.Action = 'UNLOAD'
  )
  GROUP BY NodeType, NodeID, ProductID
)
SELECT NodeType, NodeID, ProductID, c.Units AS OrderedNotReceived, s.OnOrder AS Closing
FROM counted c
FULL JOIN closing_stock s USING (NodeType, NodeID, ProductID)
WHERE coalesce(c.Units, 0) <> coalesce(s.OnOrder, 0)
