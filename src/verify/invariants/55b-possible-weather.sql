-- 55b. The weather is possible: the day's highest temperature above its lowest, precipitation if and only if
-- it rains or snows, snow near freezing, heat from 34 °C on.
SELECT DCID, LocalDate, Sky, HighC, LowC, PrecipitationMm, VisitsPercent
FROM weather
WHERE HighC <= LowC
  OR (PrecipitationMm > 0) <> (Sky IN ('RAIN', 'RAIN_ALL_DAY', 'SNOW'))
  OR Sky = 'SNOW' AND LowC > 0
  OR (Sky = 'HEAT') <> (PrecipitationMm = 0 AND HighC >= 34)
  OR VisitsPercent NOT BETWEEN 50 AND 120
