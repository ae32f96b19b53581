-- 22b. A shipment is DELAYED if and only if it arrives more than 30 minutes after its first ETA, and
-- just then.
SELECT ShipmentId, FirstETA, ArrivedTS, DelayedTS
FROM trips
CROSS JOIN run_window
WHERE DelayedTS NOT BETWEEN FirstETA + INTERVAL 30 MINUTE
  AND FirstETA + INTERVAL 30 MINUTE + INTERVAL 1 SECOND
  OR DelayedTS > ArrivedTS
  OR DelayedTS IS NULL AND coalesce(ArrivedTS, EndTS) > FirstETA + INTERVAL 30 MINUTE + INTERVAL 1 MILLISECOND
  OR InTransitTS IS NOT NULL AND FirstETA IS NULL
  OR InTransitTS IS NULL AND DelayedTS IS NOT NULL
