-- C4. No customer, place, brand, company or product bears a name on the blocklist; brands, companies
-- and products contain none either.
SELECT 'customer' AS What, c.ID, c.FirstName || ' ' || c.LastName AS Name, b.Kind, b.Name AS Blocked
FROM customers c
JOIN blocklist b ON b.Words = ' ' || plain_words(c.FirstName || ' ' || c.LastName) || ' '
  AND b.Kind = 'person'
UNION ALL
SELECT 'place', g.ID, g.City, b.Kind, b.Name
FROM geographies_master g
JOIN blocklist b ON b.Words = ' ' || plain_words(g.City) || ' ' AND b.Kind = 'city'
UNION ALL
SELECT n.What, n.ID, n.Name, b.Kind, b.Name
FROM (
  SELECT What, min(ID) AS ID, Name, ' ' || plain_words(Name) || ' ' AS Words
  FROM (
    SELECT 'brand' AS What, ID, Brand AS Name FROM products_master
    UNION ALL
    SELECT 'company', ID, Company FROM products_master
    UNION ALL
    SELECT 'product', ID, ProductName FROM products_master
    UNION ALL
    SELECT 'supplier', ID, Company FROM suppliers
  )
  GROUP BY What, Name
) n
JOIN blocklist b ON contains(n.Words, b.Words) AND b.Kind <> 'city'
