-- 26a. What a truck carries does not exceed its capacity.
SELECT i.ShipmentId, i.TruckId, sum(i.Quantity) AS Units, k.CapacityUnits
FROM truck_inventory i
JOIN trucks k ON k.ID = i.TruckId
WHERE i.Action = 'LOAD'
GROUP BY i.ShipmentId, i.TruckId, k.CapacityUnits
HAVING sum(i.Quantity) > k.CapacityUnits
