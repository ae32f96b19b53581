-- C9b. A place is one of the dictionary: its state, ZIP code, region, position, time zone and number of
-- residents belong together, and a state has one tax rate.
SELECT g.ID, g.City, g.State, g.ZipCode, g.Latitude, g.Longitude, g.TimeZone, g.Population, g.TaxRate
FROM geographies_master g
WHERE EXISTS (FROM known_places)
  AND NOT EXISTS (
    FROM known_places k
    WHERE k.City = g.City
      AND k.State = g.State
      AND k.Zip = g.ZipCode
      AND k.District = g.District
      AND k.Region = g.Region
      AND abs(k.Latitude - g.Latitude) < 0.00001
      AND abs(k.Longitude - g.Longitude) < 0.00001
      AND k.TimeZone = g.TimeZone
      AND k.Population = g.Population
  )
UNION ALL
SELECT g.ID, g.City, g.State, g.ZipCode, NULL, NULL, NULL, NULL, g.TaxRate
FROM geographies_master g
JOIN known_tax_rates k USING (State)
WHERE g.TaxRate <> k.Rate
UNION ALL
SELECT ID, City, State, ZipCode, Latitude, Longitude, TimeZone, Population, TaxRate
FROM geographies_master
WHERE NOT regexp_matches(ZipCode, '^[0-9]{5}$')
  OR NOT regexp_matches(State, '^[A-Z]{2}$')
  OR abs(Latitude) > 90
  OR abs(Longitude) > 180
