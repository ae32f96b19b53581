-- 37b. An attributed visit begins 1 to 48 hours after the impression.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, m.EventTS AS ImpressionTS, v.EnterTS
FROM attributions a
JOIN marketing m USING (ImpressionId)
JOIN visits v ON v.SessionId = a.SessionId
WHERE v.EnterTS < m.EventTS + INTERVAL 1 HOUR OR v.EnterTS > m.EventTS + INTERVAL 48 HOUR
