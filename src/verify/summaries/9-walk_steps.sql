-- The steps of each session from zone to zone, with the step before.
SELECT
  SessionId,
  EventTS,
  FromZone,
  ToZone,
  lag(ToZone) OVER session_steps AS ZoneBefore,
  lag(EventTS) OVER session_steps AS TSBefore
FROM zone_changes
WINDOW session_steps AS (PARTITION BY SessionId ORDER BY rowid)
