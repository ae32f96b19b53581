-- Revenue of stores before tax.
SELECT sum(f.ExtPrice) AS Figure
FROM receipt_lines f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
