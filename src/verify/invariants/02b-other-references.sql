-- 02b. What depends on another column resolves too: homes of trucks (0 for suppliers' trucks),
-- places of loading, nodes of orders, sessions, shipments.
SELECT 'trucks' AS TableName, 'DCID' AS ColumnName, DCID::VARCHAR AS Missing
FROM trucks WHERE DCID <> 0 AND DCID NOT IN (SELECT ID FROM distribution_centers)
UNION ALL
SELECT 'truck_inventory', 'LocationID', LocationID::VARCHAR FROM truck_inventory
WHERE LocationType = 'SUPPLIER' AND LocationID NOT IN (SELECT ID FROM suppliers)
  OR LocationType = 'DC' AND LocationID NOT IN (SELECT ID FROM distribution_centers)
  OR LocationType = 'STORE' AND LocationID NOT IN (SELECT ID FROM stores)
UNION ALL
SELECT 'online_orders', 'FulfillmentNodeID', FulfillmentNodeID::VARCHAR FROM online_orders
WHERE FulfillmentNodeType = 'DC' AND FulfillmentNodeID NOT IN (SELECT ID FROM distribution_centers)
  OR FulfillmentNodeType = 'STORE' AND FulfillmentNodeID NOT IN (SELECT ID FROM stores)
UNION ALL
SELECT 'session_zones', 'SessionId', id_text(SessionId) FROM session_zones
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
UNION ALL
SELECT 'session_pings', 'SessionId', id_text(SessionId) FROM session_pings
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
UNION ALL
SELECT 'receipts', 'SessionId', id_text(SessionId) FROM receipts
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
UNION ALL
SELECT 'unmet_demand', 'SessionId', id_text(SessionId) FROM unmet_demand
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
UNION ALL
SELECT 'attributions', 'SessionId', id_text(SessionId) FROM attributions
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
UNION ALL
SELECT 'truck_inventory', 'ShipmentId', id_text(ShipmentId) FROM truck_inventory
  WHERE ShipmentId NOT IN (SELECT ShipmentId FROM trips)
