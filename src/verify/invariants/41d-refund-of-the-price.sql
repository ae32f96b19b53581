-- 41d. A Refund is the price that was paid times the units brought back.
-- nothing to check without returns: returns
SELECT e.TraceId, e.ReceiptId, e.Line, e.Qty, e.Refund, l.UnitPrice
FROM returns e
JOIN receipt_lines l USING (ReceiptId, Line)
WHERE e.Refund <> l.UnitPrice * e.Qty
