-- 23a. Goods leave the DC and are loaded between LOADING and IN_TRANSIT.
SELECT t.ShipmentId, g.ProductID, g.EventTS, t.LoadingTS, t.InTransitTS
FROM (
  SELECT TraceId AS ShipmentId, ProductID, EventTS FROM dc_inventory_txn WHERE Reason = 'OUTBOUND_SHIPMENT'
  UNION ALL
  SELECT ShipmentId, ProductID, EventTS FROM truck_inventory WHERE Action = 'LOAD'
) g
JOIN trips t USING (ShipmentId)
WHERE t.LoadingTS IS NULL OR g.EventTS < t.LoadingTS OR g.EventTS > t.InTransitTS
