-- 32b. A receipt comes only after its session reached CHECKOUT.
SELECT r.ReceiptId, r.SessionId, r.EventTS, z.CheckoutTS
FROM receipts r
JOIN sessions s USING (SessionId)
LEFT JOIN session_zones z USING (SessionId)
WHERE z.CheckoutTS IS NULL OR r.EventTS < z.CheckoutTS
