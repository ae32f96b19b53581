-- Visits that the last ad before them brought (attributions), over the impressions of the ad's channel.
SELECT 'ads.visits' AS Statistic, m.Channel::VARCHAR AS Item, count(a.ImpressionId) / count(*) AS Value
FROM marketing m
LEFT JOIN attributions a USING (ImpressionId)
GROUP BY m.Channel
