-- 10f. A price that needs a loyalty card is paid only by customers who have one.
-- nothing to check without prices for loyalty cards: (FROM promotions WHERE DiscountType = 'LOYALTY')
SELECT p.ReceiptId, p.OrderId, p.ProductID, p.PromoCode, c.ID AS CustomerID, c.LoyaltyCard
FROM promotions p
LEFT JOIN receipts r USING (ReceiptId)
LEFT JOIN online_orders o ON o.OrderId = p.OrderId
JOIN customers c ON c.ID = coalesce(r.CustomerID, o.CustomerID)
WHERE p.DiscountType = 'LOYALTY' AND c.LoyaltyCard IS NULL
