-- 27c. The way out is counted: minutes at the wheel grow from IN_TRANSIT to ARRIVED by at least
-- the distance at 70 mph, unless a rest lies between, and by no more than the time that passed.
-- nothing to check without trips that arrived at a store: (FROM truck_moves WHERE Status = 'ARRIVED' AND StoreID IS NOT NULL)
SELECT a.TruckId, a.ShipmentId, d.EventTS AS InTransitTS, a.EventTS AS ArrivedTS,
  d.DutyDrivingMinutes AS MinutesAtStart,
  a.DutyDrivingMinutes AS MinutesAtArrival,
    great_circle_km(c.Latitude, c.Longitude, s.Latitude, s.Longitude) AS DistanceKm
FROM truck_moves a
JOIN truck_moves d ON d.ShipmentId = a.ShipmentId AND d.Status = 'IN_TRANSIT'
JOIN stores s ON s.ID = a.StoreID
JOIN distribution_centers c ON c.ID = a.DCID
WHERE a.Status = 'ARRIVED'
  AND (
    a.DutyDrivingMinutes - d.DutyDrivingMinutes > ceil(hours_between(d.EventTS, a.EventTS) * 60)
    OR hours_between(d.EventTS, a.EventTS) < 10
      AND a.DutyDrivingMinutes - d.DutyDrivingMinutes
        < floor(60 * hours_at_70_mph(great_circle_km(c.Latitude, c.Longitude, s.Latitude, s.Longitude)))
  )
