-- 27b. A new duty period begins after at least 10 hours off: where the minutes at the wheel fall,
-- that much time lies between.
SELECT TruckId, ShipmentId, Status, EventTS, DutyDrivingMinutes, EventBefore, MinutesBefore
FROM (
  SELECT
    *,
    lag(EventTS) OVER truck_rows AS EventBefore,
    lag(DutyDrivingMinutes) OVER truck_rows AS MinutesBefore
  FROM truck_moves
  WINDOW truck_rows AS (PARTITION BY TruckId ORDER BY rowid)
)
WHERE DutyDrivingMinutes < MinutesBefore
  AND EventTS < EventBefore + INTERVAL 10 HOUR + to_minutes(DutyDrivingMinutes - 1)
