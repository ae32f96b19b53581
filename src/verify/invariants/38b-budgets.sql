-- 38b. The impressions of a campaign cost no more than its budget.
SELECT m.CampaignId, sum(m.Cost) AS Cost, c.Budget
FROM marketing m
JOIN campaigns c USING (CampaignId)
GROUP BY m.CampaignId, c.Budget
HAVING sum(m.Cost) > c.Budget
