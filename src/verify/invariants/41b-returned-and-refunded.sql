-- 41b. Of a line, no more is returned than was sold, and no more is refunded than was paid, tax
-- included.
-- nothing to check without returns: returns
SELECT e.ReceiptId, e.OrderId, e.Line, e.Qty AS Returned, l.Qty AS Sold, e.Refund, l.ExtPrice + l.Tax AS Paid
FROM (
  SELECT ReceiptId, OrderId, Line, sum(Qty) AS Qty, sum(Refund) AS Refund, min(Qty) AS LeastQty
  FROM returns
  GROUP BY ReceiptId, OrderId, Line
) e
JOIN (
  SELECT ReceiptId, NULL::BIGINT AS OrderId, Line, Qty, ExtPrice, Tax FROM receipt_lines
  UNION ALL
  SELECT NULL, OrderId, Line, Qty, ExtPrice, Tax FROM online_order_lines
) l ON coalesce(l.ReceiptId, l.OrderId) = coalesce(e.ReceiptId, e.OrderId) AND l.Line = e.Line
WHERE e.Qty > l.Qty OR e.Refund > l.ExtPrice + l.Tax OR e.LeastQty <= 0
