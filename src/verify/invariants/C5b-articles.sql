-- C5b. An article is the same under every brand: department, category, cooling, tax, case pack, and an
-- MSRP within 15 % of one base price; a product comes from the supplier that is its company.
SELECT 'article' AS What, ProductName AS Name, min(ID) AS ID, count(DISTINCT Department) AS Departments,
  count(DISTINCT Category) AS Categories, count(DISTINCT Subcategory) AS Subcategories,
  min(CasePack) AS LeastCasePack, max(CasePack) AS MostCasePack, min(MSRP) AS LeastMSRP, max(MSRP) AS MostMSRP
FROM products_master
GROUP BY ProductName
HAVING count(DISTINCT Department) > 1
  OR count(DISTINCT Category) > 1
  OR count(DISTINCT Subcategory) > 1
  OR bool_or(RequiresRefrigeration) <> bool_and(RequiresRefrigeration)
  OR bool_or(Taxable) <> bool_and(Taxable)
  OR min(CasePack) <> max(CasePack)
  OR (max(MSRP) - 0.01) * 85 > (min(MSRP) + 0.01) * 115
UNION ALL
SELECT 'supplier', p.Company || ' / ' || s.Company, p.ID, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM products_master p
JOIN suppliers s ON s.ID = p.SupplierID
WHERE s.Company <> p.Company
