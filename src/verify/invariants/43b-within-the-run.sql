-- 43b. Every row lies in [start, end) of the run.
-- for each fact table
SELECT '{table}' AS TableName, EventTS, TraceId
FROM {table}
WHERE EventTS < (SELECT StartTS FROM run_window) OR EventTS >= (SELECT EndTS FROM run_window)
