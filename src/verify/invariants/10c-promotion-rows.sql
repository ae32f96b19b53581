-- 10c. Every line with a PromoCode has its row in promotions, and every row there has its line.
SELECT l.ReceiptId, l.OrderId, l.ProductID, l.PromoCode, p.PromoCode AS PromotionRow
FROM (FROM sale_lines WHERE PromoCode IS NOT NULL) l
FULL JOIN promotions p
  ON p.ProductID = l.ProductID
  AND p.PromoCode = l.PromoCode
  AND coalesce(p.ReceiptId, p.OrderId) = coalesce(l.ReceiptId, l.OrderId)
WHERE l.Line IS NULL OR p.PromoCode IS NULL
