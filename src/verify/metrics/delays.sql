-- Trucks that were late, by their distribution center.
SELECT count(*) AS Figure
FROM truck_moves f
JOIN chosen_dcs c ON c.ID = f.DCID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Status = 'DELAYED'
