-- Units of stores that were stolen, broken or spoiled.
SELECT -sum(f.QtyDelta) AS Figure
FROM store_inventory_txn f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Reason IN ('LOST', 'DAMAGED') AND f.ProductID IN (SELECT ID FROM chosen_products)
