-- C5d. A product is an article of the dictionary under one of its brands: department, category, cooling,
-- tax, case pack and company are as there, and its MSRP lies within 15 % of the base price.
-- nothing to check without the project's own dictionaries: known_articles
SELECT p.ID, p.ProductName, p.Brand, p.Company, p.Department, p.Category, p.Subcategory, p.RequiresRefrigeration,
  p.Taxable, p.CasePack, p.MSRP, a.BasePrice
FROM products_master p
LEFT JOIN known_articles a USING (ProductName)
LEFT JOIN known_brands b USING (Brand)
WHERE EXISTS (FROM known_articles)
  AND (
    a.ProductName IS NULL
    OR b.Brand IS NULL
    OR b.Company <> p.Company
    OR a.Department <> p.Department::VARCHAR
    OR a.Category <> p.Category
    OR a.Subcategory <> p.Subcategory
    OR a.RequiresRefrigeration <> p.RequiresRefrigeration
    OR a.Taxable <> p.Taxable
    OR a.CasePack <> p.CasePack
    OR p.MSRP NOT BETWEEN a.BasePrice * 0.85 - 0.01 AND a.BasePrice * 1.15 + 0.01
  )
