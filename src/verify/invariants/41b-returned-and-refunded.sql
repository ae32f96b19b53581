-- 41b. Of a line, no more is returned than was sold, and no more is refunded than was paid, tax
-- included.
-- nothing to check without returns: returns
SELECT ReceiptId, Line, e.Qty AS Returned, l.Qty AS Sold, e.Refund, l.ExtPrice + l.Tax AS Paid
FROM (SELECT ReceiptId, Line, sum(Qty) AS Qty, sum(Refund) AS Refund, min(Qty) AS LeastQty FROM returns GROUP BY ReceiptId, Line) e
JOIN receipt_lines l USING (ReceiptId, Line)
WHERE e.Qty > l.Qty OR e.Refund > l.ExtPrice + l.Tax OR e.LeastQty <= 0
