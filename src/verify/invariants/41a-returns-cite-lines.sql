-- 41a. A return cites a line of an earlier receipt of the same store, or of an online order that the
-- customer has: same product.
-- nothing to check without returns: returns
SELECT e.TraceId, e.ReceiptId, e.OrderId, e.Line, e.StoreID, e.ProductID, e.EventTS, l.StoreID AS SoldBy,
  l.ProductID AS SoldProductID, l.EventTS AS SoldTS
FROM returns e
LEFT JOIN receipt_lines l USING (ReceiptId, Line)
WHERE e.OrderId IS NULL
  AND (l.Line IS NULL OR l.StoreID <> e.StoreID OR l.ProductID <> e.ProductID OR e.EventTS <= l.EventTS)
UNION ALL
SELECT e.TraceId, e.ReceiptId, e.OrderId, e.Line, e.StoreID, e.ProductID, e.EventTS, NULL,
  l.ProductID, s.EventTS
FROM returns e
LEFT JOIN online_order_lines l USING (OrderId, Line)
LEFT JOIN online_order_status s ON s.OrderId = e.OrderId AND s.Status IN ('DELIVERED', 'COLLECTED')
WHERE e.OrderId IS NOT NULL
  AND (e.ReceiptId IS NOT NULL OR l.Line IS NULL OR l.ProductID <> e.ProductID OR s.EventTS IS NULL OR e.EventTS <= s.EventTS)
