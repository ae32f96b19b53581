-- Products of which a store lost its last unit.
SELECT count(*) AS Figure
FROM stockouts f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
