-- 37c. An impression brings about at most one visit, and a visit is brought about by one
-- impression.
SELECT 'impression' AS What, ImpressionId AS TraceId, count(*) AS Attributions
FROM attributions GROUP BY ImpressionId HAVING count(*) > 1
UNION ALL
SELECT 'visit', SessionId, count(*)
FROM attributions GROUP BY SessionId HAVING count(*) > 1
