-- 37e. The impression that a visit or an order is attributed to is the customer's last that was at least an hour
-- before it and had not led to a visit or an order yet.
-- nothing to check without attributed visits: attributions
WITH touches AS (
  SELECT a.ImpressionId, a.SessionId, a.OrderId, m.CustomerAdId, m.EventTS AS ImpressionTS,
    coalesce(v.EnterTS, o.EventTS) AS ResponseTS
  FROM attributions a
  JOIN marketing m USING (ImpressionId)
  LEFT JOIN visits v ON v.SessionId = a.SessionId
  LEFT JOIN online_orders o ON o.OrderId = a.OrderId
)
SELECT t.ImpressionId, t.SessionId, t.OrderId, t.ImpressionTS,
  n.ImpressionId AS LaterImpressionId, n.EventTS AS LaterTS, t.ResponseTS
FROM touches t
JOIN marketing n
  ON n.CustomerAdId = t.CustomerAdId
  AND n.EventTS > t.ImpressionTS
  AND n.EventTS <= t.ResponseTS - INTERVAL 1 HOUR
LEFT JOIN touches b ON b.ImpressionId = n.ImpressionId AND b.ResponseTS < t.ResponseTS
WHERE b.ImpressionId IS NULL
