-- 38c. An impression costs what its campaign pays for one, and shows one of its creatives.
SELECT m.ImpressionId, m.CampaignId, m.Cost, c.CostPerImpression, m.CreativeId
FROM marketing m
JOIN campaigns c USING (CampaignId)
WHERE m.Cost <> c.CostPerImpression OR m.CreativeId NOT BETWEEN 1 AND creatives_per_campaign()
