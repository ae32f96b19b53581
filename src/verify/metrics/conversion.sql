-- Receipts for each party that came into a store.
SELECT
  (SELECT count(*) FROM receipts f
   JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS)
  / nullif((SELECT count(*) FROM foot_traffic f
   JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
   WHERE f.Zone = 'ENTRANCE'), 0) AS Figure
