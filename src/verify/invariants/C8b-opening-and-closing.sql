-- C8b. What opens also closes: a DC carries every product, and a node's closing stock has the products
-- of its opening stock.
SELECT NodeType, NodeID, ProductID, o.CurrentQuantity AS Opening, c.OnHand AS Closing
FROM opening_stock o
FULL JOIN closing_stock c USING (NodeType, NodeID, ProductID)
WHERE o.CurrentQuantity IS NULL OR c.OnHand IS NULL
UNION ALL
SELECT 'DC', d.ID, p.ID, NULL, NULL
FROM distribution_centers d
CROSS JOIN products_master p
ANTI JOIN dc_inventory_snapshots o ON o.DCID = d.ID AND o.ProductID = p.ID
