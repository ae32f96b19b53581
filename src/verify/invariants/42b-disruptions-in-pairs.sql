-- 42b. A disruption is ACTIVE at its StartTime and RECOVERED at its EndTime, or earlier if it was
-- requested; both rows tell the same, and nothing is over that never began, or lasts beyond its end.
WITH pairs AS (
  SELECT TraceId,
    count(*) FILTER (Status = 'ACTIVE') AS Begun,
    count(*) FILTER (Status = 'RECOVERED') AS Over,
    min(EventTS) FILTER (Status = 'ACTIVE') AS ActiveTS,
    min(EventTS) FILTER (Status = 'RECOVERED') AS RecoveredTS,
    min(StartTime) AS StartTime,
    max(EndTime) AS EndTime,
    bool_or(regexp_matches(Description, '^L[0-9]+: ')) AS Requested,
    count(DISTINCT (DCID, Type, Severity, Description, StartTime, EndTime, ImpactPercentage, AffectedProducts))
      AS Versions
  FROM supply_chain_disruption
  GROUP BY TraceId
)
SELECT p.*
FROM pairs p
CROSS JOIN run_window w
WHERE Begun <> 1
  OR Over > 1
  OR Versions > 1
  OR StartTime >= EndTime
  OR ActiveTS < StartTime
  OR ActiveTS > StartTime AND NOT Requested
  OR RecoveredTS > EndTime
  OR RecoveredTS < EndTime AND NOT Requested
  OR RecoveredTS IS NULL AND EndTime < w.EndTS
