-- Parties that came into stores.
SELECT count(*) AS Figure
FROM foot_traffic f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Zone = 'ENTRANCE'
