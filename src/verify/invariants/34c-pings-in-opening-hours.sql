-- 34c. Pings only between store_opened and store_closed of their store.
SELECT p.SessionId, p.StoreID, p.FirstTS, p.LastTS, d.OpenedTS, d.ClosedTS
FROM session_pings p
ASOF LEFT JOIN store_days d ON d.StoreID = p.StoreID AND p.FirstTS >= d.OpenedTS
WHERE d.StoreID IS NULL OR p.LastTS > d.ClosedTS
