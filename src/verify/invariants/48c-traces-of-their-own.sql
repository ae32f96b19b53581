-- 48c. The TraceId of a row is the session, order, shipment, review or impression that it names.
-- for each named trace
SELECT '{table}' AS TableName, TraceId, EventTS, {column}
FROM {table}
WHERE TraceId <> {column}
