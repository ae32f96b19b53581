-- 34f. Goods are brought back only between store_opened and store_closed of their store.
-- nothing to check without returns: returns
SELECT e.TraceId, e.StoreID, e.EventTS, d.OpenedTS, d.ClosedTS
FROM returns e
ASOF LEFT JOIN store_days d ON d.StoreID = e.StoreID AND e.EventTS >= d.OpenedTS
WHERE d.StoreID IS NULL OR e.EventTS > d.ClosedTS
