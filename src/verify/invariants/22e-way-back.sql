-- 22e. A trip is COMPLETED when its goods are unloaded, or after a driver's rest of ten hours, and the
-- way back takes at least the great-circle distance at 70 mph.
SELECT t.ShipmentId, t.TruckId, u.UnloadedTS, t.CompletedTS, t.HomeTS, l.DistanceKm
FROM trips t
LEFT JOIN (
  SELECT ShipmentId, max(EventTS) AS UnloadedTS
  FROM truck_inventory
  WHERE Action = 'UNLOAD'
  GROUP BY ShipmentId
) u USING (ShipmentId)
LEFT JOIN trip_distances l USING (ShipmentId)
WHERE t.CompletedTS > u.UnloadedTS AND t.CompletedTS < u.UnloadedTS + INTERVAL 10 HOUR
  OR t.CompletedTS IS NOT NULL AND u.UnloadedTS IS NULL
  OR hours_between(t.CompletedTS, t.HomeTS) < hours_at_70_mph(l.DistanceKm)
