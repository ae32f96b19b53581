-- 55b. The weather is possible: precipitation if and only if it rains or snows, snow on wet days of at most
-- 3 °C, heat on dry ones from 34 °C on; a dry day is 11 °C warmer than its night, a wet one 6 or 7.
SELECT DCID, LocalDate, Sky, HighC, LowC, PrecipitationMm
FROM weather
WHERE PrecipitationMm < 0
  OR (PrecipitationMm > 0) <> (Sky IN ('RAIN', 'RAIN_ALL_DAY', 'SNOW'))
  OR (Sky = 'SNOW') <> (PrecipitationMm > 0 AND HighC <= 3)
  OR (Sky = 'HEAT') <> (PrecipitationMm = 0 AND HighC >= 34)
  OR HighC - LowC NOT BETWEEN CASE PrecipitationMm WHEN 0 THEN 11 ELSE 6 END
    AND CASE PrecipitationMm WHEN 0 THEN 11 ELSE 7 END
