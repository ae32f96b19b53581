-- Full outages of distribution centers: all capacity gone, until recovered or until the planned end. Either
-- of the two rows of a disruption is enough.
SELECT TraceId, any_value(DCID) AS DCID, min(StartTime) AS FromTS,
  coalesce(min(EventTS) FILTER (Status = 'RECOVERED'), max(EndTime)) AS ToTS
FROM supply_chain_disruption
WHERE ImpactPercentage = 100
  AND Type IN ('dc_outage', 'SYSTEM_OUTAGE', 'CAPACITY_CONSTRAINT', 'EQUIPMENT_FAILURE', 'LABOR_SHORTAGE')
GROUP BY TraceId
