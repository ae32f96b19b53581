-- 30e. A phone is heard in the zone where its shopper is: the one entered last, or the entrance before
-- the first step.
SELECT p.SessionId, p.EventTS, p.Zone AS HeardIn, w.EventTS AS EnteredTS, coalesce(w.ToZone, 'ENTRANCE') AS ShopperIn
FROM ble_pings p
ASOF LEFT JOIN zone_changes w ON w.SessionId = p.SessionId AND p.EventTS >= w.EventTS
WHERE p.Zone <> coalesce(w.ToZone, 'ENTRANCE') AND NOT (p.EventTS = w.EventTS AND p.Zone = w.FromZone)
