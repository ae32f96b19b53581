-- Impressions that were clicked on, over the impressions of their channel.
SELECT 'ads.clicks' AS Statistic, m.Channel::VARCHAR AS Item, count(c.ImpressionId) / count(*) AS Value
FROM marketing m
LEFT JOIN (SELECT DISTINCT ImpressionId FROM ad_clicks) c USING (ImpressionId)
WHERE EXISTS (FROM ad_clicks)
GROUP BY m.Channel
