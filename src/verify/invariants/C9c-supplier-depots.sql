-- C9c. Every supplier has a depot at every DC; a depot is one place, 80 to 450 km from its DC.
SELECT 'missing' AS What, s.ID AS SupplierID, d.ID AS DCID, NULL AS Depot, NULL AS DistanceKm
FROM suppliers s
CROSS JOIN distribution_centers d
ANTI JOIN supplier_depots p ON p.SupplierID = s.ID AND p.DCID = d.ID
UNION ALL
SELECT 'in two places', min(SupplierID), DCID, Depot, NULL
FROM supplier_depots
GROUP BY DCID, Depot
HAVING count(DISTINCT (Latitude, Longitude)) > 1
UNION ALL
SELECT 'with two numbers', min(SupplierID), DCID, max(Depot), NULL
FROM supplier_depots
GROUP BY DCID, Latitude, Longitude
HAVING count(DISTINCT Depot) > 1
UNION ALL
SELECT 'too near or far', p.SupplierID, p.DCID, p.Depot,
  great_circle_km(p.Latitude, p.Longitude, d.Latitude, d.Longitude)
FROM supplier_depots p
JOIN distribution_centers d ON d.ID = p.DCID
WHERE great_circle_km(p.Latitude, p.Longitude, d.Latitude, d.Longitude) NOT BETWEEN 79 AND 451
  OR p.Depot < 1
UNION ALL
SELECT 'no position', ID, NULL, NULL, NULL
FROM suppliers
WHERE abs(Latitude) > 90 OR abs(Longitude) > 180
