-- 39b. Pickups and SHIP_FROM_STORE are fulfilled by a store, SHIP_FROM_DC by a DC; a pickup is
-- never shipped but collected, and nothing else is.
SELECT o.OrderId, o.FulfillmentMode, o.FulfillmentNodeType, o.FulfillmentNodeID, s.Status, s.NodeType,
  s.NodeID
FROM online_orders o
LEFT JOIN online_order_status s USING (OrderId)
WHERE (o.FulfillmentMode = 'SHIP_FROM_DC') <> (o.FulfillmentNodeType = 'DC')
  OR s.NodeType <> o.FulfillmentNodeType
  OR s.NodeID <> o.FulfillmentNodeID
  OR o.FulfillmentMode = 'BOPIS' AND s.Status IN ('SHIPPED', 'DELIVERED')
  OR o.FulfillmentMode <> 'BOPIS' AND s.Status IN ('READY_FOR_PICKUP', 'COLLECTED')
