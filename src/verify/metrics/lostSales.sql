-- The same at SalePrice, in dollars.
SELECT sum(f.Qty * p.SalePrice) AS Figure
FROM unmet_demand f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
JOIN products_master p ON p.ID = f.ProductID
WHERE f.SubstituteProductID IS NULL AND f.ProductID IN (SELECT ID FROM chosen_products)
