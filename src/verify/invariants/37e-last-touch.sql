-- 37e. The impression that a visit is attributed to is the customer's last that was at least an hour
-- before it and had not brought about a visit yet.
-- nothing to check without attributed visits: attributions
WITH touches AS (
  SELECT a.ImpressionId, a.SessionId, m.CustomerAdId, m.EventTS AS ImpressionTS, v.EnterTS
  FROM attributions a
  JOIN marketing m USING (ImpressionId)
  JOIN visits v ON v.SessionId = a.SessionId
)
SELECT t.ImpressionId, t.SessionId, t.ImpressionTS, n.ImpressionId AS LaterImpressionId,
  n.EventTS AS LaterTS, t.EnterTS
FROM touches t
JOIN marketing n
  ON n.CustomerAdId = t.CustomerAdId
  AND n.EventTS > t.ImpressionTS
  AND n.EventTS <= t.EnterTS - INTERVAL 1 HOUR
LEFT JOIN touches b ON b.ImpressionId = n.ImpressionId AND b.EnterTS < t.EnterTS
WHERE b.ImpressionId IS NULL
