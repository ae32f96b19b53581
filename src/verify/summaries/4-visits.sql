-- The sessions with their customers, known by the phone; LeaveTS is the end of the run for one
-- still open.
WITH phones AS (
  SELECT SessionId, min(CustomerBLEId) AS CustomerBLEId
  FROM (
    SELECT SessionId, CustomerBLEId FROM session_zones
    UNION ALL
    SELECT SessionId, CustomerBLEId FROM session_pings
  )
  GROUP BY SessionId
)
SELECT
  s.SessionId,
  s.StoreID,
  c.ID AS CustomerID,
  s.EnterTS,
  s.ExitTS,
  coalesce(s.ExitTS, w.EndTS) AS LeaveTS,
  s.Party
FROM sessions s
CROSS JOIN run_window w
LEFT JOIN phones p USING (SessionId)
LEFT JOIN customers c ON c.BLEId = p.CustomerBLEId
