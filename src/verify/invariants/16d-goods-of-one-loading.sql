-- 16d. The goods of a trip are loaded in one moment and unloaded in one, and a supplier loads the
-- products that it makes.
SELECT ShipmentId, Action, NULL AS ProductID, min(EventTS) AS FirstTS, max(EventTS) AS LastTS,
  NULL AS LocationID, NULL AS SupplierID
FROM truck_inventory
GROUP BY ShipmentId, Action
HAVING min(EventTS) <> max(EventTS)
UNION ALL
SELECT i.ShipmentId, i.Action, i.ProductID, i.EventTS, i.EventTS, i.LocationID, p.SupplierID
FROM truck_inventory i
JOIN products_master p ON p.ID = i.ProductID
WHERE i.LocationType = 'SUPPLIER' AND i.LocationID <> p.SupplierID
