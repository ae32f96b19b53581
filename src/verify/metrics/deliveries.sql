-- Trucks that arrived at stores.
SELECT count(*) AS Figure
FROM truck_moves f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Status = 'ARRIVED'
