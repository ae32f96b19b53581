-- Orders of the web shop, by the place that fulfils them.
SELECT count(*) AS Figure
FROM online_orders f
JOIN chosen_nodes c
  ON c.NodeType = f.FulfillmentNodeType AND c.ID = f.FulfillmentNodeID
  AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
