-- 06c. Discount of a receipt or an online order is what its promotions took off.
SELECT r.ReceiptId, NULL AS OrderId, r.Discount, p.DiscountAmount AS Promotions
FROM receipts r
LEFT JOIN (SELECT ReceiptId, sum(DiscountAmount) AS DiscountAmount FROM promotions GROUP BY ReceiptId) p USING (ReceiptId)
WHERE r.Discount <> coalesce(p.DiscountAmount, 0)
UNION ALL
SELECT NULL, o.OrderId, o.Discount, p.DiscountAmount
FROM online_orders o
LEFT JOIN (SELECT OrderId, sum(DiscountAmount) AS DiscountAmount FROM promotions GROUP BY OrderId) p USING (OrderId)
WHERE o.Discount <> coalesce(p.DiscountAmount, 0)
