-- 16b. Per shipment of a supplier and product: all that was loaded is unloaded at the DC and comes
-- into its stock.
-- nothing to check without shipments of suppliers: (FROM truck_inventory WHERE LocationType <> 'STORE')
WITH flows AS (
  SELECT ShipmentId, ProductID, sum(Loaded) AS Loaded, sum(Unloaded) AS Unloaded, sum(Inbound) AS Inbound
  FROM (
    SELECT ShipmentId, ProductID, Quantity AS Loaded, 0 AS Unloaded, 0 AS Inbound
    FROM truck_inventory WHERE Action = 'LOAD' AND LocationType = 'SUPPLIER'
    UNION ALL
    SELECT ShipmentId, ProductID, 0, Quantity, 0
    FROM truck_inventory WHERE Action = 'UNLOAD' AND LocationType = 'DC'
    UNION ALL
    SELECT TraceId, ProductID, 0, 0, QtyDelta
    FROM dc_inventory_txn WHERE Reason = 'INBOUND_SHIPMENT'
  )
  GROUP BY ShipmentId, ProductID
)
SELECT f.*, t.CompletedTS
FROM flows f
LEFT JOIN trips t USING (ShipmentId)
WHERE Unloaded <> Inbound
  OR Unloaded <> CASE WHEN t.CompletedTS IS NULL AND Unloaded = 0 THEN 0 ELSE Loaded END
