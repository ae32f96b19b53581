-- Units ordered online, by the place that fulfils the order.
SELECT sum(f.Qty) AS Figure
FROM online_order_lines f
JOIN online_orders o USING (OrderId)
JOIN chosen_nodes c
  ON c.NodeType = o.FulfillmentNodeType AND c.ID = o.FulfillmentNodeID
  AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
