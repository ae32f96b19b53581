-- 37f. A visit is attributed under its own TraceId in the moment that it ends, with its receipt if it
-- has one, and its Revenue is that receipt's Subtotal.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.TraceId, a.EventTS, v.ExitTS, a.ReceiptId, r.ReceiptId AS VisitReceiptId,
  a.Revenue, r.Subtotal
FROM attributions a
JOIN sessions v USING (SessionId)
LEFT JOIN receipts r ON r.SessionId = a.SessionId
WHERE a.TraceId <> a.SessionId
  OR a.EventTS IS DISTINCT FROM v.ExitTS
  OR a.ReceiptId IS DISTINCT FROM r.ReceiptId
  OR a.Revenue <> coalesce(r.Subtotal, 0)
