-- One row per session, from the sensors at the doors: who came in, when, and left when. ExitTS is
-- empty for a session that was still open when the run ended.
SELECT
  SessionId,
  any_value(StoreID) AS StoreID,
  min(EventTS) FILTER (Zone = 'ENTRANCE') AS EnterTS,
  max(EventTS) FILTER (Zone = 'EXIT') AS ExitTS,
  min(EventTS) AS FirstTS,
  max(EventTS) AS LastTS,
  arg_min(Zone, rowid) AS FirstZone,
  arg_max(Zone, rowid) AS LastZone,
  count(*) FILTER (Zone = 'ENTRANCE') AS Entrances,
  count(*) FILTER (Zone = 'EXIT') AS Exits,
  any_value(Dwell) FILTER (Zone = 'ENTRANCE') AS EntranceDwell,
  any_value(Dwell) FILTER (Zone = 'EXIT') AS ExitDwell,
  sum("Count") FILTER (Zone = 'ENTRANCE') AS Party,
  min("Count") AS LeastParty,
  max("Count") AS MostParty
FROM foot_traffic
GROUP BY SessionId
