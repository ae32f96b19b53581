-- 48a. The visit, shipment, reorder, order, ad, return or disruption that a TraceId names exists
-- and began no later than the fact.
-- for each fact table
SELECT '{table}' AS TableName, t.TraceId, t.EventTS, r.RootTS
FROM {table} t
LEFT JOIN trace_roots r USING (TraceId)
WHERE r.RootTS > t.EventTS
  OR r.RootTS IS NULL AND id_kind(t.TraceId) IN ('S', 'H', 'Q', 'P', 'O', 'M', 'E', 'D')
