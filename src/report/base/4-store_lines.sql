-- Lines of receipts with their product's department. Discount is what a promotion took off.
SELECT
  l.ReceiptId, l.ProductID, l.Qty, r.CustomerID, r.LocalTS, r.Day,
  l.UnitPrice::DOUBLE AS UnitPrice,
  l.ExtPrice::DOUBLE AS Value,
  l.PromoCode IS NOT NULL AS Promoted,
  coalesce(o.DiscountAmount, 0)::DOUBLE AS Discount,
  p.Department, p.Category, p.GroceryLike
FROM receipt_lines l
JOIN receipt_times r USING (ReceiptId)
JOIN products p USING (ProductID)
LEFT JOIN promotions o ON o.TraceId = l.TraceId AND o.ProductID = l.ProductID
