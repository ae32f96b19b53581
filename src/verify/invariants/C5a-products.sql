-- C5a. Product name and brand together are unique, and a brand belongs to one company.
SELECT 'product' AS What, ProductName || ' / ' || Brand AS Name, count(*) AS Copies
FROM products_master GROUP BY ProductName, Brand HAVING count(*) > 1
UNION ALL
SELECT 'brand', Brand, count(DISTINCT Company)
FROM products_master GROUP BY Brand HAVING count(DISTINCT Company) > 1
