-- Share of online orders that customers collect at a store.
SELECT count(*) FILTER (f.FulfillmentMode = 'BOPIS') / nullif(count(*), 0) AS Figure
FROM online_orders f
JOIN chosen_nodes c
  ON c.NodeType = f.FulfillmentNodeType AND c.ID = f.FulfillmentNodeID
  AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
