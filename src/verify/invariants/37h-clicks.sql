-- 37h. A click cites its impression and is numbered like it: by the same customer on the same channel, campaign and device, after it,
-- within 48 hours, and before what the impression led to.
SELECT k.ClickId, k.ImpressionId, k.EventTS, m.EventTS AS ImpressionTS, a.ResponseTS
FROM ad_clicks k
JOIN marketing m USING (ImpressionId)
LEFT JOIN (
  SELECT a.ImpressionId, coalesce(v.EnterTS, o.EventTS) AS ResponseTS
  FROM attributions a
  LEFT JOIN visits v ON v.SessionId = a.SessionId
  LEFT JOIN online_orders o ON o.OrderId = a.OrderId
) a USING (ImpressionId)
WHERE k.EventTS <= m.EventTS OR k.EventTS > m.EventTS + INTERVAL 48 HOUR OR k.EventTS > a.ResponseTS
  OR k.CustomerAdId <> m.CustomerAdId OR k.Channel <> m.Channel OR k.CampaignId <> m.CampaignId
  OR k.Device <> m.Device OR k.TraceId <> k.ImpressionId OR NOT same_number(k.ClickId, k.ImpressionId)
