-- 32a. A session begins once, at the ENTRANCE, and ends once, at the EXIT, on the way as well as
-- at the doors.
SELECT s.SessionId, s.StoreID, s.Entrances, s.FirstZone, s.Exits, s.LastZone, z.FirstZone AS WayBegins,
  z.LastZone AS WayEnds
FROM sessions s
LEFT JOIN session_zones z USING (SessionId)
WHERE s.Entrances <> 1
  OR s.FirstZone <> 'ENTRANCE'
  OR s.Exits > 1
  OR s.Exits = 1 AND s.LastZone <> 'EXIT'
  OR z.FirstZone <> 'ENTRANCE'
  OR s.Exits = 1 AND z.LastZone <> 'EXIT'
