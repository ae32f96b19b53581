-- Errors by which stores' records went wrong.
SELECT count(*) AS Figure
FROM record_errors f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
