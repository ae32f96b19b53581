-- 17b. What was loaded and not yet unloaded is what the simulation reports on board at the end,
-- per truck, shipment and product.
SELECT TruckId, ShipmentId, ProductID, sum(Loaded) AS LoadedNotUnloaded, sum(OnBoard) AS OnBoard
FROM (
  SELECT TruckId, ShipmentId, ProductID, CASE WHEN Action = 'LOAD' THEN Quantity ELSE -Quantity END AS Loaded,
    0 AS OnBoard
  FROM truck_inventory
  UNION ALL
  SELECT TruckId, ShipmentId, ProductID, 0, Quantity
  FROM closing_in_transit
)
WHERE EXISTS (FROM closing_stock)
GROUP BY TruckId, ShipmentId, ProductID
HAVING sum(Loaded) <> sum(OnBoard)
