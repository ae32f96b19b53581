-- Units that crews brought from backrooms to shelves.
SELECT sum(f.Qty) AS Figure
FROM shelf_fills f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
