-- 32d. The sensors count the way that the shopper walks: once for each zone left, in the moment of
-- leaving it, and the Dwell is the time spent there, in whole seconds.
SELECT coalesce(f.SessionId, s.SessionId) AS SessionId, f.Zone AS CountedIn, f.EventTS AS CountedTS, f.Dwell,
  s.FromZone AS LeftZone, s.EventTS AS LeftTS, s.TSBefore AS EnteredTS
FROM (FROM foot_traffic WHERE Zone NOT IN ('ENTRANCE', 'EXIT')) f
FULL JOIN (FROM walk_steps WHERE FromZone <> 'ENTRANCE') s
  ON s.SessionId = f.SessionId AND s.FromZone = f.Zone
WHERE s.EventTS IS DISTINCT FROM f.EventTS
  OR f.Dwell <> whole_seconds(s.TSBefore, s.EventTS)
UNION ALL
SELECT v.SessionId, 'ENTRANCE', v.EnterTS, v.EntranceDwell, 'ENTRANCE', z.FirstTS, v.EnterTS
FROM sessions v
JOIN session_zones z USING (SessionId)
WHERE v.EntranceDwell <> whole_seconds(v.EnterTS, z.FirstTS)
UNION ALL
SELECT v.SessionId, 'EXIT', v.ExitTS, v.ExitDwell, 'EXIT', v.ExitTS, z.LastTS
FROM sessions v
JOIN session_zones z USING (SessionId)
WHERE v.ExitDwell <> whole_seconds(z.LastTS, v.ExitTS)
