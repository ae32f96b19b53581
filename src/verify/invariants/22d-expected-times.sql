-- 22d. ETD is two hours after SCHEDULED and 90 minutes after LOADING, and no other step has one; ETA is
-- the planned drive later, counted from IN_TRANSIT with its rests, and no step between that and
-- COMPLETED has one.
-- nothing to check without shipments: truck_moves
SELECT t.ShipmentId, t.Status, t.EventTS, t.ETD, t.ETA, l.DistanceKm,
  planned_drive_ms(l.DistanceKm) / 60000 AS PlannedMinutes
FROM truck_moves t
LEFT JOIN trip_distances l USING (ShipmentId)
WHERE CASE t.Status
    WHEN 'SCHEDULED' THEN t.ETD IS DISTINCT FROM t.EventTS + INTERVAL 2 HOUR
    WHEN 'LOADING' THEN t.ETD IS DISTINCT FROM t.EventTS + INTERVAL 90 MINUTE
    ELSE t.ETD IS NOT NULL
  END
  OR (t.ETA IS NOT NULL) <> (t.Status IN ('SCHEDULED', 'LOADING', 'IN_TRANSIT', 'COMPLETED'))
  -- The masters round positions: half a second is more than that makes.
  OR t.Status IN ('SCHEDULED', 'LOADING')
    AND abs(epoch_ms(t.ETA) - epoch_ms(t.ETD) - planned_drive_ms(l.DistanceKm)) > 500
  OR t.Status = 'IN_TRANSIT'
    AND abs(epoch_ms(t.ETA) - epoch_ms(t.EventTS) - with_rests_ms(planned_drive_ms(l.DistanceKm))) > 500
