-- 32c. A session leaves the zone that it entered last, and walks only between adjacent zones.
SELECT s.SessionId, s.EventTS, s.ZoneBefore, s.FromZone, s.ToZone
FROM walk_steps s
LEFT JOIN zone_layout l ON l.Zone = s.FromZone AND l.AdjacentZone = s.ToZone
WHERE s.FromZone <> s.ZoneBefore OR l.Zone IS NULL
