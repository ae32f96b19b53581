-- 16c. What is unloaded for an order was loaded for it on the same truck; loading and unloading
-- happen where the trip begins and ends.
SELECT ShipmentId, OrderRef, ProductID, sum(Loaded) AS Loaded, sum(Unloaded) AS Unloaded,
  bool_and(RightPlace) AS RightPlace
FROM (
  SELECT i.ShipmentId, i.OrderRef, i.ProductID,
    CASE WHEN i.Action = 'LOAD' THEN i.Quantity ELSE 0 END AS Loaded,
    CASE WHEN i.Action = 'UNLOAD' THEN i.Quantity ELSE 0 END AS Unloaded,
    i.Quantity > 0 AND i.TruckId = t.TruckId AND CASE
      WHEN i.Action = 'LOAD' AND t.StoreID IS NULL THEN i.LocationType = 'SUPPLIER'
      WHEN i.Action = 'LOAD' THEN i.LocationType = 'DC' AND i.LocationID = t.DCID
      WHEN t.StoreID IS NULL THEN i.LocationType = 'DC' AND i.LocationID = t.DCID
      ELSE i.LocationType = 'STORE' AND i.LocationID = t.StoreID
    END AS RightPlace
  FROM truck_inventory i
  JOIN trips t USING (ShipmentId)
)
GROUP BY ShipmentId, OrderRef, ProductID
HAVING sum(Unloaded) NOT IN (0, sum(Loaded)) OR NOT bool_and(RightPlace)
