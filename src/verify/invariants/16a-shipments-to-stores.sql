-- 16a. Per shipment to a store and product: what left the DC was loaded, all of it is unloaded,
-- and what is unloaded comes into the store.
-- nothing to check without shipments to stores: (FROM truck_inventory WHERE LocationType <> 'SUPPLIER')
WITH flows AS (
  SELECT ShipmentId, ProductID,
    sum(Outbound) AS Outbound, sum(Loaded) AS Loaded, sum(Unloaded) AS Unloaded, sum(Inbound) AS Inbound
  FROM (
    SELECT TraceId AS ShipmentId, ProductID, -QtyDelta AS Outbound, 0 AS Loaded, 0 AS Unloaded, 0 AS Inbound
    FROM dc_inventory_txn WHERE Reason = 'OUTBOUND_SHIPMENT'
    UNION ALL
    SELECT ShipmentId, ProductID, 0, Quantity, 0, 0
    FROM truck_inventory WHERE Action = 'LOAD' AND LocationType = 'DC'
    UNION ALL
    SELECT ShipmentId, ProductID, 0, 0, Quantity, 0
    FROM truck_inventory WHERE Action = 'UNLOAD' AND LocationType = 'STORE'
    UNION ALL
    SELECT TraceId, ProductID, 0, 0, 0, QtyDelta
    FROM store_inventory_txn WHERE Reason = 'INBOUND_SHIPMENT'
  )
  GROUP BY ShipmentId, ProductID
)
SELECT f.*, t.CompletedTS
FROM flows f
LEFT JOIN trips t USING (ShipmentId)
WHERE Outbound <> Loaded
  OR Unloaded <> Inbound
  OR Unloaded <> CASE WHEN t.CompletedTS IS NULL AND Unloaded = 0 THEN 0 ELSE Loaded END
