-- 08c. Every return and every cancelled order is refunded once, in that moment, and nothing else is: an
-- order its Total, a return its Refund and the tax on it, the way that it was paid.
-- nothing to check without returns, cancelled orders or refunds: (SELECT 1 FROM returns UNION ALL SELECT 1 FROM payments WHERE Status = 'REFUNDED' UNION ALL SELECT 1 FROM online_order_status WHERE Status = 'CANCELLED')
WITH lines AS (
  SELECT l.ReceiptId, NULL::BIGINT AS OrderId, l.Line, l.Qty, l.Tax, r.TenderType
  FROM receipt_lines l
  JOIN receipts r USING (ReceiptId)
  UNION ALL
  SELECT NULL, l.OrderId, l.Line, l.Qty, l.Tax, o.TenderType
  FROM online_order_lines l
  JOIN online_orders o USING (OrderId)
),
due AS (
  SELECT e.TraceId, e.ReceiptId, e.OrderId, e.EventTS, l.TenderType,
    e.Refund + ((l.Tax * 100)::BIGINT * e.Qty // l.Qty) / 100::DECIMAL(9, 2) AS Amount, 'F' AS Kind
  FROM returns e
  JOIN lines l ON coalesce(l.ReceiptId, l.OrderId) = coalesce(e.ReceiptId, e.OrderId) AND l.Line = e.Line
  UNION ALL
  SELECT o.TraceId, NULL, o.OrderId, s.EventTS, o.TenderType, o.Total, 'Z'
  FROM online_orders o
  JOIN online_order_status s USING (OrderId)
  WHERE s.Status = 'CANCELLED'
)
SELECT d.TraceId, d.ReceiptId, d.OrderId, d.EventTS, d.Amount, d.TenderType,
  p.TransactionId, p.EventTS AS RefundedTS, p.Amount AS Refunded, p.PaymentMethod
FROM due d
FULL JOIN (FROM payments WHERE Status = 'REFUNDED') p
  ON p.TraceId = d.TraceId AND coalesce(p.ReceiptId, p.OrderId) = coalesce(d.ReceiptId, d.OrderId)
WHERE d.TraceId IS NULL
  OR p.TraceId IS NULL
  OR p.EventTS <> d.EventTS
  OR round(p.Amount - d.Amount, 2) <> 0
  OR p.PaymentMethod <> d.TenderType
  OR NOT same_number(p.TransactionId, d.TraceId)
  OR id_kind(p.TransactionId) <> d.Kind
