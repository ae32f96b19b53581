-- 51c. What was not there is not on the receipt of the visit; a substitute is, in no more units than were
-- wanted.
-- nothing to check without unmet demand: unmet_demand
SELECT u.TraceId, u.ProductID, u.Qty, u.SubstituteProductID, s.ExitTS, r.ReceiptId, w.Line, l.Qty AS Bought
FROM unmet_demand u
JOIN sessions s USING (SessionId)
LEFT JOIN receipts r ON r.SessionId = u.SessionId
LEFT JOIN receipt_lines w ON w.ReceiptId = r.ReceiptId AND w.ProductID = u.ProductID
LEFT JOIN receipt_lines l ON l.ReceiptId = r.ReceiptId AND l.ProductID = u.SubstituteProductID
WHERE w.Line IS NOT NULL OR l.Qty > u.Qty
  OR u.SubstituteProductID IS NOT NULL AND l.Line IS NULL
    AND (r.ReceiptId IS NOT NULL OR s.ExitTS IS NOT NULL)
