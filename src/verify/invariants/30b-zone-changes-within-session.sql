-- 30b. Every zone change lies within its session, in its store.
SELECT z.SessionId, z.StoreID, z.FirstTS, z.LastTS, v.StoreID AS VisitStoreID, v.EnterTS, v.ExitTS
FROM session_zones z
JOIN visits v USING (SessionId)
WHERE z.StoreID <> v.StoreID OR z.FirstTS < v.EnterTS OR z.LastTS > v.LeaveTS
