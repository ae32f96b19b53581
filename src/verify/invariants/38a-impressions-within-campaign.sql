-- 38a. An impression lies within its campaign.
SELECT m.ImpressionId, m.EventTS, m.CampaignId, c.StartTS, c.EndTS
FROM marketing m
JOIN campaigns c USING (CampaignId)
WHERE m.EventTS < c.StartTS OR m.EventTS >= c.EndTS OR m.Channel <> c.Channel
