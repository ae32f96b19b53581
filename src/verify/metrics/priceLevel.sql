-- Mean price of a unit over SalePrice, as stores sold it.
SELECT sum(f.ExtPrice) / sum(f.Qty * p.SalePrice) AS Figure
FROM receipt_lines f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
JOIN products_master p ON p.ID = f.ProductID
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
