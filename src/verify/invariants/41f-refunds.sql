-- 41f. Every return has one REFUNDED payment of its sale, the way that the sale was paid.
SELECT e.TraceId, e.ReceiptId, e.OrderId, e.Refund, p.Amount, p.PaymentMethod, p.Payments
FROM returns e
LEFT JOIN (
  SELECT TraceId, ReceiptId, OrderId, min(Amount) AS Amount, min(PaymentMethod) AS PaymentMethod, count(*) AS Payments
  FROM payments
  WHERE Status = 'REFUNDED' AND id_kind(TraceId) = 'E'
  GROUP BY TraceId, ReceiptId, OrderId
) p ON p.TraceId = e.TraceId
LEFT JOIN receipts r ON r.ReceiptId = e.ReceiptId
LEFT JOIN online_orders o ON o.OrderId = e.OrderId
WHERE p.Payments IS DISTINCT FROM 1 OR p.Amount < e.Refund
  OR coalesce(p.ReceiptId, p.OrderId) <> coalesce(e.ReceiptId, e.OrderId)
  OR p.PaymentMethod <> coalesce(r.TenderType, o.TenderType)
