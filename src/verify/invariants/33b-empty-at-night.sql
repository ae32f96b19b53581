-- 33b. A store that closes is empty, and as many people left a session as came.
SELECT d.StoreID, d.OpenedTS, d.ClosedTS, v.SessionId, v.EnterTS, v.ExitTS
FROM visits v
ASOF JOIN store_days d ON d.StoreID = v.StoreID AND v.EnterTS >= d.OpenedTS
CROSS JOIN run_window w
WHERE d.ClosedTS < w.EndTS AND (v.ExitTS IS NULL OR v.ExitTS > d.ClosedTS)
UNION ALL
SELECT e.StoreID, NULL, NULL, e.SessionId, e.EventTS, x.EventTS
FROM foot_traffic e
JOIN foot_traffic x ON x.SessionId = e.SessionId AND x.Zone = 'EXIT'
WHERE e.Zone = 'ENTRANCE' AND e."Count" <> x."Count"
