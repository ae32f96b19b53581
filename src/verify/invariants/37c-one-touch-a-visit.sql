-- 37c. An impression leads to at most one visit or order, and each of these is credited to one impression.
SELECT 'impression' AS What, ImpressionId AS TraceId, count(*) AS Attributions
FROM attributions GROUP BY ImpressionId HAVING count(*) > 1
UNION ALL
SELECT 'visit', SessionId, count(*)
FROM attributions WHERE SessionId IS NOT NULL GROUP BY SessionId HAVING count(*) > 1
UNION ALL
SELECT 'order', OrderId, count(*)
FROM attributions WHERE OrderId IS NOT NULL GROUP BY OrderId HAVING count(*) > 1
