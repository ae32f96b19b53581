-- The days of each store, from opening to closing; ClosedTS is the end of the run for one still
-- open.
SELECT StoreID, OpenedTS, coalesce(ClosedTS, EndTS) AS ClosedTS
FROM (
  SELECT
    StoreID,
    Operation,
    EventTS AS OpenedTS,
    lead(EventTS) OVER (PARTITION BY StoreID ORDER BY EventTS, rowid) AS ClosedTS
  FROM store_ops
)
CROSS JOIN run_window
WHERE Operation = 'OPENED'
