-- 43c. A part is in time order.
-- for each fact table
SELECT '{table}' AS TableName, p.File, t.EventTS, t.EventBefore
FROM (
  SELECT Part, EventTS, lag(EventTS) OVER () AS EventBefore, lag(Part) OVER () AS PartBefore
  FROM {table}
) t
JOIN parts p USING (Part)
WHERE t.PartBefore = t.Part AND t.EventBefore > t.EventTS
