-- Visits of a region's local days under a sky over those of its cloudy days. A day counts relative to the mean of its
-- weekday and month in its region, so that the season and the week don't.
WITH visits AS (
  SELECT s.DCID, (f.EventTS + z.UtcOffset)::DATE AS Day, count(*) AS Visits
  FROM foot_traffic f
  JOIN stores s ON s.ID = f.StoreID
  JOIN zone_offsets z ON z.TimeZone = s.TimeZone AND f.EventTS >= z.FromTS AND f.EventTS < z.ToTS
  WHERE f.Zone = 'ENTRANCE'
  GROUP BY ALL
),
levels AS (
  SELECT v.DCID, v.Day, v.Visits / avg(v.Visits) OVER (PARTITION BY v.DCID, d.Weekday, d.Month) AS Level
  FROM visits v
  JOIN days d USING (Day)
),
skies AS (
  SELECT w.Sky::VARCHAR AS Sky, avg(l.Level) AS Level
  FROM levels l
  JOIN weather w ON w.DCID = l.DCID AND w.LocalDate = l.Day
  GROUP BY ALL
  HAVING count(*) >= 5
)
SELECT 'weather.visits' AS Statistic,
  CASE Sky WHEN 'CLEAR' THEN 'clear' WHEN 'RAIN' THEN 'rain' ELSE 'rain all day' END AS Item,
  Level / (SELECT Level FROM skies WHERE Sky = 'CLOUDY') AS Value
FROM skies
WHERE Sky IN ('CLEAR', 'RAIN', 'RAIN_ALL_DAY')
