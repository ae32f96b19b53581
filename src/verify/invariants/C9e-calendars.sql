-- C9e. Campaigns and promotions end after they begin; campaigns of a type have one price, budget and length, those that always run by channel
-- (budgets differ where scenarios change impressions);
-- the code of a weekly promotion says its department, first day, depth and audience, and every
-- week has the same codes.
SELECT 'campaigns' AS TableName, CampaignId::VARCHAR AS Name, StartTS, EndTS, Budget::VARCHAR AS FieldValue
FROM campaigns
WHERE StartTS >= EndTS OR Budget < CostPerImpression OR CostPerImpression <= 0
UNION ALL
SELECT 'campaigns', Type::VARCHAR, min(StartTS), max(EndTS),
  'prices ' || list(DISTINCT CostPerImpression)::VARCHAR || ', budgets ' || list(DISTINCT Budget)::VARCHAR
FROM campaigns
GROUP BY Type, CASE Type WHEN 'ALWAYS_ON' THEN Channel END
HAVING count(DISTINCT CostPerImpression) > 1
  OR count(DISTINCT Budget) > 1 AND 'adImpressions' NOT IN (SELECT Kind FROM scenario_effects)
  OR count(DISTINCT EndTS - StartTS) > 1
UNION ALL
SELECT 'promotion_calendar', PromoCode, StartTS, EndTS, DiscountType || ', ' || PercentOff || ' %'
FROM promotion_calendar
WHERE StartTS >= EndTS
  OR PercentOff NOT BETWEEN 1 AND 99
  OR regexp_matches(PromoCode, '^[A-Z]{2}[0-9]{6}-[0-9]+L?$') AND (
    PromoCode <> left(PromoCode, 2) || strftime(StartTS, '%y%m%d') || '-' || PercentOff
      || CASE DiscountType WHEN 'LOYALTY' THEN 'L' ELSE '' END
    OR EndTS <> StartTS + INTERVAL 7 DAY
    OR Department IS NULL
  )
UNION ALL
SELECT 'promotion_calendar', left(PromoCode, 2), min(StartTS), max(EndTS), list(DISTINCT Department)::VARCHAR
FROM promotion_calendar
WHERE regexp_matches(PromoCode, '^[A-Z]{2}[0-9]{6}-[0-9]+L?$')
GROUP BY left(PromoCode, 2)
HAVING count(DISTINCT Department) > 1
UNION ALL
SELECT 'promotion_calendar', 'weekly codes', StartTS, NULL, Codes || ' of ' || Most
FROM (
  SELECT StartTS, count(*) AS Codes, max(count(*)) OVER () AS Most
  FROM promotion_calendar
  WHERE regexp_matches(PromoCode, '^[A-Z]{2}[0-9]{6}-[0-9]+L?$')
  GROUP BY StartTS
)
WHERE Codes < Most AND EXISTS (FROM known_places)
