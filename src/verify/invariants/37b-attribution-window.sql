-- 37b. An attributed visit begins, and an attributed order is placed, 1 to 48 hours after the impression.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.OrderId, m.EventTS AS ImpressionTS,
  coalesce(v.EnterTS, o.EventTS) AS ResponseTS
FROM attributions a
JOIN marketing m USING (ImpressionId)
LEFT JOIN visits v ON v.SessionId = a.SessionId
LEFT JOIN online_orders o ON o.OrderId = a.OrderId
WHERE coalesce(v.EnterTS, o.EventTS) NOT BETWEEN m.EventTS + INTERVAL 1 HOUR AND m.EventTS + INTERVAL 48 HOUR
