-- C9a. An address ends with the city, state and ZIP code of its place.
SELECT a.TableName, a.ID, a.Address, g.City, g.State, g.ZipCode
FROM (
  SELECT 'stores' AS TableName, ID, Address, GeographyID FROM stores
  UNION ALL
  SELECT 'distribution_centers', ID, Address, GeographyID FROM distribution_centers
  UNION ALL
  SELECT 'customers', ID, Address, GeographyID FROM customers
  UNION ALL
  SELECT 'customer_moves', CustomerID, Address, GeographyID FROM customer_moves
) a
JOIN geographies_master g ON g.ID = a.GeographyID
WHERE NOT regexp_matches(a.Address, '^[0-9]+ [^,]+, ')
  OR NOT ends_with(a.Address, ', ' || g.City || ', ' || g.State || ' ' || g.ZipCode)
