-- Visits to stores because of ads.
SELECT count(*) AS Figure
FROM attributions f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
