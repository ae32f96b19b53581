-- 37g. An impression is clicked at most once.
SELECT ImpressionId, count(*) AS Clicks
FROM ad_clicks
GROUP BY ImpressionId
HAVING count(*) > 1
