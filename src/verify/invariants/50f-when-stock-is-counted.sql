-- 50f. The products of a count are counted in one moment for one reason: by the calendar after closing, or an
-- empty shelf on the walk that begins 660 to 700 minutes after opening.
-- nothing to check without counts: stock_counts
SELECT c.TraceId, c.StoreID, c.Kind, c.EventTS, d.OpenedTS, d.ClosedTS, t.CloseTS
FROM stock_counts c
ASOF LEFT JOIN store_days d ON d.StoreID = c.StoreID AND c.EventTS >= d.OpenedTS
ASOF LEFT JOIN trading_days t ON t.StoreID = c.StoreID AND c.EventTS >= t.OpenTS
WHERE CASE c.Kind
  WHEN 'CYCLE' THEN c.EventTS < d.ClosedTS OR c.EventTS < t.CloseTS
  ELSE d.OpenedTS IS NULL
    OR c.EventTS NOT BETWEEN d.OpenedTS + INTERVAL 660 MINUTE AND d.OpenedTS + INTERVAL 700 MINUTE
END
UNION ALL
SELECT TraceId, min(StoreID), min(Kind), min(EventTS), NULL, max(EventTS), NULL
FROM stock_counts
GROUP BY TraceId
HAVING min(EventTS) <> max(EventTS) OR min(Kind) <> max(Kind)
