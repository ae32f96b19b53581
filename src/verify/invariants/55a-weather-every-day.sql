-- 55a. Every region has one row of weather for each local day, without gaps, at the midnight of its DC with
-- which that day begins; the first in the moment after the opening.
WITH days AS (
  SELECT DCID, LocalDate, EventTS, TraceId, count(*) OVER (PARTITION BY DCID, LocalDate) AS DayRows,
    lag(LocalDate) OVER (PARTITION BY DCID ORDER BY LocalDate) AS DayBefore
  FROM weather
)
SELECT w.DCID, w.LocalDate, w.EventTS, w.DayRows, w.DayBefore, d.TimeZone, l.StartTS
FROM days w
JOIN distribution_centers d ON d.ID = w.DCID
LEFT JOIN local_days l ON l.TimeZone = d.TimeZone AND l.LocalDate = w.LocalDate
CROSS JOIN run_window r
WHERE w.DayRows <> 1 OR w.LocalDate - w.DayBefore <> 1
  OR CASE id_sequence(w.TraceId)
    WHEN 0 THEN w.EventTS <> r.StartTS + INTERVAL 1 MILLISECOND OR r.StartTS < l.StartTS OR r.StartTS >= l.EndTS
    ELSE w.EventTS <> l.StartTS
  END
  OR l.StartTS IS NULL
UNION ALL
SELECT ID, NULL, NULL, 0, NULL, TimeZone, NULL
FROM distribution_centers
WHERE EXISTS (FROM weather) AND ID NOT IN (SELECT DCID FROM weather)
