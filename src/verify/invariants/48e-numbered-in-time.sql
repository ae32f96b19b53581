-- 48e. Sessions, orders, shipments, purchase orders, impressions, returns, openings, counts, losses, rounds that fill shelves
-- and days of weather are numbered from 0 in the order of time, without a gap.
WITH numbered AS (
  SELECT 'foot_traffic' AS TableName, SessionId AS TraceId, EnterTS AS EventTS FROM sessions
  UNION ALL
  SELECT 'truck_moves', ShipmentId, ScheduledTS FROM trips
  UNION ALL
  SELECT 'online_orders', OrderId, min(EventTS) FROM online_orders GROUP BY OrderId
  UNION ALL
  SELECT 'reorders', OrderRef, min(EventTS) FROM reorders WHERE id_kind(OrderRef) = 'P' GROUP BY OrderRef
  UNION ALL
  SELECT 'marketing', ImpressionId, min(EventTS) FROM marketing GROUP BY ImpressionId
  UNION ALL
  SELECT 'returns', TraceId, min(EventTS) FROM returns GROUP BY TraceId
  UNION ALL
  SELECT 'store_ops', TraceId, min(EventTS) FROM store_ops GROUP BY TraceId
  UNION ALL
  SELECT 'stock_counts', TraceId, min(EventTS) FROM stock_counts GROUP BY TraceId
  UNION ALL
  SELECT 'shelf_fills', TraceId, min(EventTS) FROM shelf_fills GROUP BY TraceId
  UNION ALL
  SELECT 'weather', TraceId, min(EventTS) FROM weather GROUP BY TraceId
  UNION ALL
  -- A loss that nobody sees is a movement or an error of the record, or both.
  SELECT 'losses', TraceId, min(EventTS)
  FROM (
    SELECT TraceId, EventTS FROM stock_moves WHERE id_kind(TraceId) IN ('A', 'G')
    UNION ALL
    SELECT TraceId, EventTS FROM record_errors WHERE id_kind(TraceId) = 'A'
  )
  GROUP BY TraceId
)
SELECT TableName, TraceId, EventTS, TraceIdBefore, EventBefore
FROM (
  SELECT
    *,
    lag(TraceId) OVER owner_ids AS TraceIdBefore,
    lag(EventTS) OVER owner_ids AS EventBefore
  FROM numbered
  WINDOW owner_ids AS (PARTITION BY TableName, TraceId // id_owner_unit() ORDER BY TraceId)
)
WHERE EventTS < EventBefore
  OR TraceId <> coalesce(TraceIdBefore + 1, TraceId - id_sequence(TraceId))
