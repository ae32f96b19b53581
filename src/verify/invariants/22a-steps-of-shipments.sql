-- 22a. A shipment is SCHEDULED <= LOADING < IN_TRANSIT < ARRIVED <= UNLOADING < COMPLETED, and
-- skips no step.
SELECT ShipmentId, ScheduledTS, LoadingTS, InTransitTS, ArrivedTS, UnloadingTS, CompletedTS
FROM trips
WHERE ScheduledTS IS NULL
  OR LoadingTS IS NULL AND coalesce(InTransitTS, ArrivedTS, UnloadingTS, CompletedTS) IS NOT NULL
  OR InTransitTS IS NULL AND coalesce(ArrivedTS, UnloadingTS, CompletedTS) IS NOT NULL
  OR ArrivedTS IS NULL AND coalesce(UnloadingTS, CompletedTS) IS NOT NULL
  OR UnloadingTS IS NULL AND CompletedTS IS NOT NULL
  OR LoadingTS < ScheduledTS
  OR InTransitTS <= LoadingTS
  OR ArrivedTS <= InTransitTS
  OR UnloadingTS < ArrivedTS
  OR CompletedTS <= UnloadingTS
