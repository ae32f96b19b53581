-- 24. From IN_TRANSIT to ARRIVED takes at least the great-circle distance at 70 mph; for a supplier's
-- truck, that from the depot where it loads.
-- nothing to check without trips that arrived: (FROM truck_moves WHERE Status = 'ARRIVED')
WITH legs AS (
  SELECT t.ShipmentId, t.InTransitTS, t.ArrivedTS,
    great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude) AS DistanceKm
  FROM trips t
  JOIN distribution_centers d ON d.ID = t.DCID
  JOIN stores s ON s.ID = t.StoreID
  UNION ALL
  SELECT t.ShipmentId, t.InTransitTS, t.ArrivedTS,
    great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude)
  FROM trips t
  JOIN distribution_centers d ON d.ID = t.DCID
  JOIN (SELECT DISTINCT ShipmentId, LocationID FROM truck_inventory WHERE LocationType = 'SUPPLIER') i USING (ShipmentId)
  JOIN supplier_depots s ON s.SupplierID = i.LocationID AND s.DCID = t.DCID
)
SELECT *, DistanceKm / hours_between(InTransitTS, ArrivedTS) AS Kmh
FROM legs
WHERE hours_between(InTransitTS, ArrivedTS) < hours_at_70_mph(DistanceKm)
