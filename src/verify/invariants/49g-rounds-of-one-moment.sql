-- 49g. The shelves of a round are filled in one moment.
SELECT TraceId, min(EventTS) AS FirstTS, max(EventTS) AS LastTS, count(*) AS Fills
FROM shelf_fills
GROUP BY TraceId
HAVING min(EventTS) <> max(EventTS)
