-- 26b. A product that requires refrigeration rides only in a refrigerated truck.
-- nothing to check without goods on trucks: truck_inventory
SELECT i.ShipmentId, i.TruckId, i.ProductID, p.ProductName
FROM truck_inventory i
JOIN trucks k ON k.ID = i.TruckId
JOIN products_master p ON p.ID = i.ProductID
WHERE p.RequiresRefrigeration AND NOT k.Refrigeration
