-- Units of distribution centers that were lost, broken or spoiled.
SELECT -sum(f.QtyDelta) AS Figure
FROM dc_inventory_txn f
JOIN chosen_dcs c ON c.ID = f.DCID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Reason IN ('LOST', 'DAMAGED') AND f.ProductID IN (SELECT ID FROM chosen_products)
