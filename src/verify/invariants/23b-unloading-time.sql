-- 23b. Goods are unloaded and come into stock between UNLOADING and COMPLETED.
-- nothing to check without unloaded goods: (FROM truck_inventory WHERE Action = 'UNLOAD')
SELECT t.ShipmentId, g.ProductID, g.EventTS, t.UnloadingTS, t.CompletedTS
FROM (
  SELECT TraceId AS ShipmentId, ProductID, EventTS FROM stock_moves WHERE Reason = 'INBOUND_SHIPMENT'
  UNION ALL
  SELECT ShipmentId, ProductID, EventTS FROM truck_inventory WHERE Action = 'UNLOAD'
) g
JOIN trips t USING (ShipmentId)
WHERE t.UnloadingTS IS NULL OR g.EventTS < t.UnloadingTS OR g.EventTS > t.CompletedTS
