-- 37h. A click cites its impression and is numbered like it: by the same customer on the same channel,
-- campaign and device, a second to half an hour after it, and before what the impression led to; its page is
-- looked at for 2 to 1802 seconds.
SELECT k.ClickId, k.ImpressionId, k.EventTS, m.EventTS AS ImpressionTS, a.ResponseTS, k.Dwell
FROM ad_clicks k
JOIN marketing m USING (ImpressionId)
LEFT JOIN (
  SELECT a.ImpressionId, coalesce(v.EnterTS, o.EventTS) AS ResponseTS
  FROM attributions a
  LEFT JOIN visits v ON v.SessionId = a.SessionId
  LEFT JOIN online_orders o ON o.OrderId = a.OrderId
) a USING (ImpressionId)
WHERE k.EventTS NOT BETWEEN m.EventTS + INTERVAL 1 SECOND AND m.EventTS + INTERVAL 30 MINUTE
  OR k.EventTS > a.ResponseTS OR k.Dwell NOT BETWEEN 2 AND 1802
  OR k.CustomerAdId <> m.CustomerAdId OR k.Channel <> m.Channel OR k.CampaignId <> m.CampaignId
  OR k.Device <> m.Device OR k.TraceId <> k.ImpressionId OR NOT same_number(k.ClickId, k.ImpressionId)
