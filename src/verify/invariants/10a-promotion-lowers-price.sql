-- 10a. A line has a PromoCode if and only if its UnitPrice is below the SalePrice.
SELECT l.ReceiptId, l.OrderId, l.Line, l.ProductID, l.PromoCode, l.UnitPrice, p.SalePrice
FROM sale_lines l
JOIN products_master p ON p.ID = l.ProductID
WHERE (l.PromoCode IS NOT NULL) <> (l.UnitPrice < p.SalePrice)
