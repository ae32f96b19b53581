-- 17b. What was loaded and not yet unloaded is what the simulation reports on board at the end,
-- per shipment and product.
SELECT ShipmentId, ProductID, sum(Loaded) AS LoadedNotUnloaded, sum(OnBoard) AS OnBoard
FROM (
  SELECT ShipmentId, ProductID, CASE WHEN Action = 'LOAD' THEN Quantity ELSE -Quantity END AS Loaded,
    0 AS OnBoard
  FROM truck_inventory
  UNION ALL
  SELECT ShipmentId, ProductID, 0, Quantity
  FROM closing_in_transit
)
WHERE EXISTS (FROM closing_stock)
GROUP BY ShipmentId, ProductID
HAVING sum(Loaded) <> sum(OnBoard)
