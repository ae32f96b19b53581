-- 10d. DiscountAmount is what was taken off the SalePrice, and no line is cheaper than its promotion
-- promises.
-- nothing to check without promotions on lines: promotions
SELECT p.ReceiptId, p.OrderId, p.ProductID, p.PromoCode, c.PercentOff, m.SalePrice, l.UnitPrice, l.Qty,
  p.DiscountAmount
FROM promotions p
JOIN sale_lines l
  ON l.ProductID = p.ProductID
  AND l.PromoCode = p.PromoCode
  AND coalesce(l.ReceiptId, l.OrderId) = coalesce(p.ReceiptId, p.OrderId)
JOIN promotion_calendar c ON c.PromoCode = p.PromoCode
JOIN products_master m ON m.ID = p.ProductID
WHERE p.DiscountType <> c.DiscountType
  OR p.DiscountAmount <> (m.SalePrice - l.UnitPrice) * l.Qty
  OR l.UnitPrice < m.SalePrice * (100 - c.PercentOff) / 100 - 0.01
