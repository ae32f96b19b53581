-- Trucks that left distribution centers for stores.
SELECT count(DISTINCT f.ShipmentId) AS Figure
FROM truck_moves f
JOIN chosen_dcs c ON c.ID = f.DCID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Status = 'IN_TRANSIT' AND f.StoreID IS NOT NULL
