-- 27a. At most 11 hours at the wheel in a duty period.
SELECT TruckId, ShipmentId, Status, EventTS, DutyDrivingMinutes
FROM truck_moves
WHERE DutyDrivingMinutes > 660 OR DutyDrivingMinutes < 0
