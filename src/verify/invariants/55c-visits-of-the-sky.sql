-- 55c. VisitsPercent is what the sky does to visits.
SELECT DCID, LocalDate, Sky, VisitsPercent, visits_percent(Sky) AS Expected
FROM weather
WHERE VisitsPercent <> visits_percent(Sky)
