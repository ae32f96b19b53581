-- The local days of the report that lie wholly within its window, in every time zone of the stores.
SELECT
  Day::DATE AS Day,
  strftime(Day, '%b') AS Month,
  strftime(Day, '%a') AS Weekday
FROM report_window,
  generate_series(FromTS::DATE::TIMESTAMP, ToTS, INTERVAL 1 DAY) d(Day)
WHERE Day - (SELECT max(UtcOffset) FROM zone_offsets) >= FromTS
  AND Day + INTERVAL 1 DAY - (SELECT min(UtcOffset) FROM zone_offsets) <= ToTS
