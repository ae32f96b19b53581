-- 43a. The dt of a row's partition is the UTC date of its EventTS.
-- for each fact table
SELECT '{table}' AS TableName, p.File, p.dt, t.EventTS, t.TraceId
FROM {table} t
JOIN parts p USING (Part)
WHERE p.dt <> t.EventTS::DATE
