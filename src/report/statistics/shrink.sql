-- Goods that stores write off (lost, damaged, miscounted; what a count finds is taken off) at everyday prices, over sales
-- of stores before tax. Damaged goods that customers brought back are returns, not shrink.
WITH lost AS (
  SELECT p.Department, -sum(t.QtyDelta * p.SalePrice) AS Value
  FROM store_inventory_txn t
  JOIN products p USING (ProductID)
  WHERE t.Reason IN ('LOST', 'DAMAGED', 'ADJUSTMENT') AND t.Source <> 'RETURNS'
  GROUP BY p.Department
),
sold AS (SELECT Department, sum(Value) AS Value FROM day_sales WHERE Channel = 'store' GROUP BY Department)
SELECT 'stock.shrink' AS Statistic, '' AS Item, sum(l.Value) / sum(s.Value) AS Value
FROM sold s
LEFT JOIN lost l USING (Department)
UNION ALL
SELECT 'stock.shrink.grocery', '', l.Value / s.Value
FROM sold s
JOIN lost l USING (Department)
WHERE s.Department = 'Grocery'
