-- 42c. A disruption touches 1 to 100 percent and no more products than there are; the sentence of one
-- that came by chance names its Type, Severity and ImpactPercentage, and it touches that share
-- of the products.
SELECT d.TraceId, d.Type, d.Severity, d.ImpactPercentage, d.AffectedProducts, d.Description, p.Products
FROM supply_chain_disruption d
CROSS JOIN (SELECT count(*) AS Products FROM products_master) p
WHERE d.ImpactPercentage NOT BETWEEN 1 AND 100
  OR d.AffectedProducts NOT BETWEEN 0 AND p.Products
  OR trim(d.Description) = ''
  OR regexp_matches(d.Description, ' of capacity lost$') AND (
    lower(d.Description) <> format('{} ({}): {} % of capacity lost',
      replace(lower(d.Type::VARCHAR), '_', ' '), lower(d.Severity::VARCHAR), d.ImpactPercentage)
    OR d.AffectedProducts <> round(p.Products * d.ImpactPercentage / 100)
  )
