-- C9g. A customer belongs, before and after each move, to the DC that is nearest to the customer's place, and to the nearest of its
-- stores: no other is nearer to the place by more than homes lie apart there, 24 km.
WITH distances AS (
  SELECT g.ID AS GeographyID, s.ID AS StoreID, s.DCID,
    great_circle_km(g.Latitude, g.Longitude, s.Latitude, s.Longitude) AS DistanceKm,
    great_circle_km(g.Latitude, g.Longitude, d.Latitude, d.Longitude) AS DCDistanceKm
  FROM geographies_master g
  CROSS JOIN stores s
  JOIN distribution_centers d ON d.ID = s.DCID
),
wrong AS (
  SELECT h.*, min(o.DistanceKm) AS LeastKm, min(o.DCDistanceKm) AS LeastDCKm
  FROM distances h
  JOIN distances o USING (GeographyID)
  GROUP BY ALL
  HAVING h.DistanceKm > min(o.DistanceKm) FILTER (o.DCID = h.DCID) + 24
    OR h.DCDistanceKm > min(o.DCDistanceKm) + 0.01
)
SELECT c.ID, c.GeographyID, c.HomeStoreID, w.DistanceKm, w.LeastKm, w.DCID, w.DCDistanceKm, w.LeastDCKm
FROM (
  SELECT ID, GeographyID, HomeStoreID FROM customers
  UNION ALL
  SELECT CustomerID, GeographyID, HomeStoreID FROM customer_moves
) c
JOIN wrong w ON w.GeographyID = c.GeographyID AND w.StoreID = c.HomeStoreID
