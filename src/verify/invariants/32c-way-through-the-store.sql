-- 32c. A session leaves the zone that it entered last, and walks only between adjacent zones.
WITH steps AS (
  SELECT SessionId, EventTS, FromZone, ToZone,
    lag(ToZone) OVER (PARTITION BY SessionId ORDER BY rowid) AS ZoneBefore
  FROM zone_changes
)
SELECT s.SessionId, s.EventTS, s.ZoneBefore, s.FromZone, s.ToZone
FROM steps s
LEFT JOIN zone_layout l ON l.Zone = s.FromZone AND l.AdjacentZone = s.ToZone
WHERE s.FromZone <> s.ZoneBefore OR l.Zone IS NULL
