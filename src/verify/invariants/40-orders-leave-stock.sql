-- 40. What an order was picked for leaves the stock of its node with Source ONLINE; a cancelled
-- order, or one not picked yet, nets to 0.
WITH states AS (
  SELECT o.OrderId, o.FulfillmentNodeType AS NodeType, o.FulfillmentNodeID AS NodeID,
    coalesce(bool_or(s.Status = 'PICKED') AND NOT bool_or(s.Status = 'CANCELLED'), false) AS Gone
  FROM online_orders o
  LEFT JOIN online_order_status s USING (OrderId)
  GROUP BY ALL
)
SELECT OrderId, NodeType, NodeID, ProductID, sum(Ordered) AS Ordered, sum(Taken) AS TakenFromStock
FROM (
  SELECT l.OrderId, s.NodeType, s.NodeID, l.ProductID,
    CASE WHEN s.Gone THEN l.Qty ELSE 0 END AS Ordered, 0 AS Taken
  FROM online_order_lines l
  JOIN states s USING (OrderId)
  UNION ALL
  SELECT TraceId, NodeType, NodeID, ProductID, 0, -QtyDelta
  FROM stock_moves
  WHERE Source = 'ONLINE' AND Reason IN ('SALE', 'RETURN') AND TraceId IN (SELECT OrderId FROM online_orders)
)
GROUP BY OrderId, NodeType, NodeID, ProductID
HAVING sum(Ordered) <> sum(Taken)
