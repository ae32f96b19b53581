-- 37f. A visit is attributed under its own TraceId in the moment that it ends, with its receipt if it
-- has one, an order in the moment that it is placed; Revenue is the Subtotal of the receipt or the order.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.OrderId, a.TraceId, a.EventTS, v.ExitTS, o.EventTS AS OrderTS, a.ReceiptId,
  r.ReceiptId AS VisitReceiptId, a.Revenue, coalesce(r.Subtotal, o.Subtotal) AS Subtotal
FROM attributions a
LEFT JOIN sessions v USING (SessionId)
LEFT JOIN receipts r ON r.SessionId = a.SessionId
LEFT JOIN online_orders o ON o.OrderId = a.OrderId
WHERE a.TraceId IS DISTINCT FROM coalesce(a.SessionId, a.OrderId)
  OR a.EventTS IS DISTINCT FROM coalesce(v.ExitTS, o.EventTS)
  OR a.ReceiptId IS DISTINCT FROM r.ReceiptId
  OR a.Revenue <> coalesce(r.Subtotal, o.Subtotal, 0)
