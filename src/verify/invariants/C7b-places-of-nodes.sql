-- C7b. A store or DC lies at its place: within 30 km of it, in its time zone and under its tax rate; the
-- DC that serves a store is the nearest.
SELECT 'stores' AS TableName, s.ID, s.GeographyID, s.TimeZone, g.TimeZone AS PlaceTimeZone, s.TaxRate,
  g.TaxRate AS PlaceTaxRate, great_circle_km(s.Latitude, s.Longitude, g.Latitude, g.Longitude) AS DistanceKm,
  s.DCID
FROM stores s
JOIN geographies_master g ON g.ID = s.GeographyID
WHERE s.TimeZone <> g.TimeZone
  OR s.TaxRate <> g.TaxRate
  OR great_circle_km(s.Latitude, s.Longitude, g.Latitude, g.Longitude) > 30
UNION ALL
SELECT 'distribution_centers', d.ID, d.GeographyID, d.TimeZone, g.TimeZone, NULL, NULL,
  great_circle_km(d.Latitude, d.Longitude, g.Latitude, g.Longitude), NULL
FROM distribution_centers d
JOIN geographies_master g ON g.ID = d.GeographyID
WHERE d.TimeZone <> g.TimeZone OR great_circle_km(d.Latitude, d.Longitude, g.Latitude, g.Longitude) > 30
UNION ALL
SELECT 'stores', s.ID, s.GeographyID, NULL, NULL, NULL, NULL,
  great_circle_km(s.Latitude, s.Longitude, d.Latitude, d.Longitude), s.DCID
FROM stores s
JOIN distribution_centers d ON d.ID = s.DCID
JOIN distribution_centers n
  ON great_circle_km(s.Latitude, s.Longitude, n.Latitude, n.Longitude)
    < great_circle_km(s.Latitude, s.Longitude, d.Latitude, d.Longitude) - 0.01
