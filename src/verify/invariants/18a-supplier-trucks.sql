-- 18a. Goods come into a DC on a supplier's truck to that DC.
-- nothing to check without goods received at a DC: (FROM dc_inventory_txn WHERE Reason = 'INBOUND_SHIPMENT')
SELECT d.DCID, d.ProductID, d.EventTS, d.TraceId AS ShipmentId, d.QtyDelta
FROM dc_inventory_txn d
LEFT JOIN trips t ON t.ShipmentId = d.TraceId
LEFT JOIN trucks k ON k.ID = t.TruckId
WHERE d.Reason = 'INBOUND_SHIPMENT'
  AND (t.ShipmentId IS NULL OR k.DCID <> 0 OR t.DCID <> d.DCID OR t.StoreID IS NOT NULL)
