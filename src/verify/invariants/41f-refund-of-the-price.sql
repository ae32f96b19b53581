-- 41f. A Refund is the price that was paid times the units brought back.
-- nothing to check without returns: returns
SELECT e.TraceId, e.ReceiptId, e.OrderId, e.Line, e.Qty, e.Refund, coalesce(l.UnitPrice, o.UnitPrice) AS UnitPrice
FROM returns e
LEFT JOIN receipt_lines l ON l.ReceiptId = e.ReceiptId AND l.Line = e.Line
LEFT JOIN online_order_lines o ON o.OrderId = e.OrderId AND o.Line = e.Line
WHERE e.Refund <> coalesce(l.UnitPrice, o.UnitPrice) * e.Qty
