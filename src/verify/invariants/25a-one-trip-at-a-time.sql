-- 25a. A truck starts its next trip when it is back home from the one before.
SELECT TruckId, ShipmentId, HomeTS, NextShipmentId, NextScheduledTS
FROM (
  SELECT
    TruckId, ShipmentId, CompletedTS, HomeTS,
    lead(ShipmentId) OVER truck_trips AS NextShipmentId,
    lead(ScheduledTS) OVER truck_trips AS NextScheduledTS
  FROM trips
  WINDOW truck_trips AS (PARTITION BY TruckId ORDER BY ScheduledTS, ShipmentId)
)
WHERE NextScheduledTS IS NOT NULL AND (HomeTS IS NULL OR NextScheduledTS < HomeTS)
  OR HomeTS < CompletedTS
  OR CompletedTS IS NOT NULL AND HomeTS IS NULL
