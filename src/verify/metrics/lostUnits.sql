-- Units that shoppers did not find on the shelf and did not replace: they go elsewhere, wait or do without.
SELECT sum(f.Qty) AS Figure
FROM unmet_demand f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.SubstituteProductID IS NULL AND f.ProductID IN (SELECT ID FROM chosen_products)
