-- 37d. Attributed revenue is at most the Subtotal of the visit's receipt or of the order, and 0 without one.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.OrderId, a.ReceiptId, a.Revenue,
  coalesce(r.Subtotal, o.Subtotal) AS Subtotal
FROM attributions a
LEFT JOIN receipts r ON r.ReceiptId = a.ReceiptId AND r.SessionId = a.SessionId
LEFT JOIN online_orders o ON o.OrderId = a.OrderId
WHERE a.Revenue < 0 OR a.Revenue > coalesce(r.Subtotal, o.Subtotal, 0)
  OR a.ReceiptId IS NOT NULL AND r.ReceiptId IS NULL
