-- 51b. A shopper notes what is missing in a department in the moment of leaving it.
-- nothing to check without unmet demand: unmet_demand
SELECT u.TraceId, u.StoreID, u.ProductID, u.EventTS, p.Department
FROM unmet_demand u
JOIN products_master p ON p.ID = u.ProductID
ANTI JOIN zone_changes z
  ON z.SessionId = u.SessionId AND z.EventTS = u.EventTS AND z.FromZone::VARCHAR = zone_of(p.Department::VARCHAR)
