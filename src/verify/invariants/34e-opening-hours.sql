-- 34e. A store opens within two minutes of its opening hour and closes within two hours of its closing
-- hour, in local time; one that is not open at the end of the run has closed.
SELECT o.StoreID, o.EventTS, o.Operation, t.OpenTS, t.CloseTS,
  CASE
    WHEN o.EventTS BETWEEN t.OpenTS + INTERVAL 1 HOUR AND t.OpenTS + INTERVAL 62 MINUTE THEN 'an hour late'
    WHEN o.EventTS BETWEEN t.OpenTS - INTERVAL 1 HOUR AND t.OpenTS - INTERVAL 58 MINUTE THEN 'an hour early'
  END AS Shift
FROM store_ops o
ASOF LEFT JOIN trading_days t ON t.StoreID = o.StoreID AND o.EventTS >= t.OpenTS - INTERVAL 61 MINUTE
WHERE t.StoreID IS NULL
  OR o.Operation = 'OPENED' AND o.EventTS NOT BETWEEN t.OpenTS AND t.OpenTS + INTERVAL 2 MINUTE
  OR o.Operation = 'CLOSED' AND o.EventTS NOT BETWEEN t.CloseTS AND t.CloseTS + INTERVAL 2 HOUR
UNION ALL
SELECT d.StoreID, d.OpenedTS, 'OPENED', t.OpenTS, t.CloseTS, 'never closed'
FROM store_days d
CROSS JOIN run_window w
ASOF JOIN trading_days t ON t.StoreID = d.StoreID AND d.OpenedTS >= t.OpenTS
WHERE d.ClosedTS = w.EndTS AND w.EndTS > t.CloseTS + INTERVAL 2 HOUR
