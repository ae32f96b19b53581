-- 33c. Nobody enters a closed store.
SELECT v.SessionId, v.StoreID, v.EnterTS, d.OpenedTS, d.ClosedTS
FROM visits v
ASOF LEFT JOIN store_days d ON d.StoreID = v.StoreID AND v.EnterTS >= d.OpenedTS
WHERE d.StoreID IS NULL OR v.EnterTS > d.ClosedTS
