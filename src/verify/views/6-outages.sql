-- Full outages of distribution centers: all capacity gone, until recovered or until the planned
-- end.
SELECT b.TraceId, b.DCID, b.StartTime AS FromTS, coalesce(r.EventTS, b.EndTime) AS ToTS
FROM supply_chain_disruption b
LEFT JOIN supply_chain_disruption r ON r.TraceId = b.TraceId AND r.Status = 'RECOVERED'
WHERE b.Status = 'ACTIVE'
  AND b.ImpactPercentage = 100
  AND b.Type IN ('dc_outage', 'SYSTEM_OUTAGE', 'CAPACITY_CONSTRAINT', 'EQUIPMENT_FAILURE', 'LABOR_SHORTAGE')
