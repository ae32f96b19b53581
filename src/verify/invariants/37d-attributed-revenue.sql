-- 37d. Attributed revenue is at most the Subtotal of the visit's receipt, and 0 without one.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.ReceiptId, a.Revenue, r.Subtotal
FROM attributions a
LEFT JOIN receipts r ON r.ReceiptId = a.ReceiptId AND r.SessionId = a.SessionId
WHERE a.Revenue < 0 OR a.Revenue > coalesce(r.Subtotal, 0) OR a.ReceiptId IS NOT NULL AND r.ReceiptId IS NULL
