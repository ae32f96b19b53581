-- 10e. Without a promotion a line has the SalePrice, which only a scenario over prices raises; with
-- one it has the price that the promotion promises, to the nearest cent, half up.
WITH prices AS (
  SELECT l.*, p.SalePrice, c.PercentOff,
    (l.UnitPrice * 100)::BIGINT AS UnitCents,
    (p.SalePrice * 100)::BIGINT AS SaleCents
  FROM sale_lines l
  JOIN products_master p ON p.ID = l.ProductID
  LEFT JOIN promotion_calendar c USING (PromoCode)
)
SELECT ReceiptId, OrderId, Line, ProductID, UnitPrice, SalePrice, PromoCode, PercentOff
FROM prices
WHERE PercentOff IS NULL AND UnitCents <> SaleCents
    AND 'price' NOT IN (SELECT Kind FROM scenario_effects)
  OR PercentOff IS NOT NULL
    AND UnitCents <> greatest(1, least(SaleCents - 1, (SaleCents * (100 - PercentOff) + 50) // 100))
