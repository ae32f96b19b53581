-- 30f. A phone is heard at the door when its shopper enters, and at the exit if the session is closed;
-- a closed session has its way through the zones.
SELECT v.SessionId, v.StoreID, v.EnterTS, v.ExitTS, p.FirstTS AS FirstHeardTS, p.LastTS AS LastHeardTS,
  z.FirstTS AS FirstStepTS, z.LastTS AS LastStepTS
FROM sessions v
LEFT JOIN session_pings p USING (SessionId)
LEFT JOIN session_zones z USING (SessionId)
WHERE p.FirstTS IS DISTINCT FROM v.EnterTS
  OR v.ExitTS IS NOT NULL AND (z.LastTS IS NULL OR p.LastTS < z.LastTS)
