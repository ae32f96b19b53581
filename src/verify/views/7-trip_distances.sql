-- The great-circle distance of one way of each shipment: from the DC to the store, or from the depot of
-- its suppliers to the DC.
SELECT m.ShipmentId, any_value(great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude)) AS DistanceKm
FROM truck_moves m
JOIN distribution_centers d ON d.ID = m.DCID
JOIN stores s ON s.ID = m.StoreID
GROUP BY m.ShipmentId
UNION ALL
SELECT m.ShipmentId, any_value(great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude))
FROM truck_moves m
JOIN truck_inventory i USING (ShipmentId)
JOIN distribution_centers d ON d.ID = m.DCID
JOIN supplier_depots s ON s.SupplierID = i.LocationID AND s.DCID = m.DCID
WHERE m.StoreID IS NULL AND i.LocationType = 'SUPPLIER'
GROUP BY m.ShipmentId
