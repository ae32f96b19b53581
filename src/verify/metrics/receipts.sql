-- Receipts of stores.
SELECT count(*) AS Figure
FROM receipts f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
