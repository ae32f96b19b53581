-- 55a. Every region has one row of weather for each local day, without gaps, at the beginning of that day.
WITH days AS (
  SELECT DCID, LocalDate, EventTS, count(*) OVER (PARTITION BY DCID, LocalDate) AS DayRows,
    lag(LocalDate) OVER (PARTITION BY DCID ORDER BY LocalDate) AS DayBefore
  FROM weather
)
SELECT w.DCID, w.LocalDate, w.EventTS, w.DayRows, w.DayBefore, d.TimeZone
FROM days w
JOIN distribution_centers d ON d.ID = w.DCID
WHERE w.DayRows <> 1 OR w.LocalDate - w.DayBefore <> 1
  OR abs(hours_between(w.LocalDate::TIMESTAMP, w.EventTS)) > 36
UNION ALL
SELECT ID, NULL, NULL, 0, NULL, TimeZone
FROM distribution_centers
WHERE EXISTS (FROM weather) AND ID NOT IN (SELECT DCID FROM weather)
