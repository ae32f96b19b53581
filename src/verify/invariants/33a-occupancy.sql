-- 33a. The number of people in a store is never negative.
SELECT StoreID, EventTS, SessionId, Inside
FROM (
  SELECT
    StoreID, EventTS, SessionId,
    sum(CASE WHEN Zone = 'ENTRANCE' THEN "Count" ELSE -"Count" END)
      OVER (PARTITION BY StoreID ORDER BY rowid ROWS UNBOUNDED PRECEDING) AS Inside
  FROM foot_traffic
  WHERE Zone IN ('ENTRANCE', 'EXIT')
)
WHERE Inside < 0
