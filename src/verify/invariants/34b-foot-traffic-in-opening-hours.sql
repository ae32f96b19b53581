-- 34b. Foot traffic only between store_opened and store_closed of its store.
SELECT s.SessionId, s.StoreID, s.FirstTS, s.LastTS, d.OpenedTS, d.ClosedTS
FROM sessions s
ASOF LEFT JOIN store_days d ON d.StoreID = s.StoreID AND s.FirstTS >= d.OpenedTS
WHERE d.StoreID IS NULL OR s.LastTS > d.ClosedTS
