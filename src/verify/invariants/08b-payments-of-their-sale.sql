-- 08b. A payment is asked for in the moment of its receipt or order, under its TraceId, for its Total
-- and by its TenderType; its TransactionId is numbered as the receipt or order.
WITH sales AS (
  SELECT ReceiptId, NULL AS OrderId, TraceId, EventTS, Total, TenderType FROM receipts
  UNION ALL
  SELECT NULL, OrderId, TraceId, EventTS, Total, TenderType FROM online_orders
)
SELECT p.TransactionId, p.ReceiptId, p.OrderId, p.Status, p.TraceId, p.EventTS, p.Amount, p.PaymentMethod,
  s.TraceId AS SaleTraceId, s.EventTS AS SaleTS, s.Total, s.TenderType
FROM payments p
JOIN sales s ON coalesce(s.ReceiptId, s.OrderId) = coalesce(p.ReceiptId, p.OrderId)
WHERE p.Status <> 'REFUNDED'
  AND (
    p.TraceId <> s.TraceId
    OR p.EventTS <> s.EventTS
    OR p.Amount <> s.Total
    OR p.PaymentMethod <> s.TenderType
    OR NOT same_number(p.TransactionId, coalesce(s.ReceiptId, s.OrderId))
    OR id_kind(p.TransactionId) <> CASE WHEN s.ReceiptId IS NULL THEN 'Y' ELSE 'T' END
  )
