-- 22c. All steps of a shipment name the same truck, DC and store.
SELECT ShipmentId, list(DISTINCT TruckId)::VARCHAR AS Trucks, list(DISTINCT DCID)::VARCHAR AS DCs,
  list(DISTINCT StoreID)::VARCHAR AS Stores
FROM truck_moves
GROUP BY ShipmentId
HAVING count(DISTINCT TruckId) > 1 OR count(DISTINCT DCID) > 1 OR count(DISTINCT StoreID) > 1
  OR count(StoreID) NOT IN (0, count(*))
