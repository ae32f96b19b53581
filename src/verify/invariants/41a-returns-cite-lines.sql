-- 41a. A return cites a line of an earlier receipt: same store, same product.
-- nothing to check without returns: returns
SELECT e.TraceId, e.ReceiptId, e.Line, e.StoreID, e.ProductID, e.EventTS, l.StoreID AS SoldBy,
  l.ProductID AS SoldProductID, l.EventTS AS SoldTS
FROM returns e
LEFT JOIN receipt_lines l USING (ReceiptId, Line)
WHERE l.Line IS NULL OR l.StoreID <> e.StoreID OR l.ProductID <> e.ProductID OR e.EventTS <= l.EventTS
