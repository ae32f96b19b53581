-- Share of the trucks arriving at stores that were never late on their way.
SELECT count(DISTINCT f.ShipmentId) FILTER (d.ShipmentId IS NULL) / nullif(count(DISTINCT f.ShipmentId), 0)
  AS Figure
FROM truck_moves f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
LEFT JOIN (SELECT DISTINCT ShipmentId FROM truck_moves WHERE Status = 'DELAYED') d
  ON d.ShipmentId = f.ShipmentId
WHERE f.Status = 'ARRIVED'
