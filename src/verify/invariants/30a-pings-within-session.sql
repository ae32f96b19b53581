-- 30a. Every ping lies within its session, in its store.
SELECT p.SessionId, p.StoreID, p.FirstTS, p.LastTS, v.StoreID AS VisitStoreID, v.EnterTS, v.ExitTS
FROM session_pings p
JOIN visits v USING (SessionId)
WHERE p.StoreID <> v.StoreID OR p.FirstTS < v.EnterTS OR p.LastTS > v.LeaveTS
