-- 51a. A shopper finds the shelf of a product on sale empty within the visit; a substitute is another product
-- of the category, of the same kind for OTHER_SIZE, of another brand for OTHER_BRAND, and no other reaction has one.
SELECT u.TraceId, u.StoreID, u.ProductID, u.EventTS, u.Reaction, u.SubstituteProductID
FROM unmet_demand u
LEFT JOIN sessions s USING (SessionId)
LEFT JOIN products_master p ON p.ID = u.ProductID
LEFT JOIN products_master o ON o.ID = u.SubstituteProductID
WHERE s.StoreID IS DISTINCT FROM u.StoreID OR u.EventTS < s.EnterTS OR u.EventTS > s.LastTS
  OR u.Qty <= 0 OR u.EventTS < p.LaunchDate
  OR (u.Reaction IN ('OTHER_BRAND', 'OTHER_SIZE')) <> (o.ID IS NOT NULL)
  OR o.ID = p.ID OR o.Category <> p.Category OR o.Department <> p.Department
  OR u.Reaction = 'OTHER_SIZE' AND (o.Subcategory <> p.Subcategory OR o.ProductName = p.ProductName)
  OR u.Reaction = 'OTHER_BRAND' AND o.Brand = p.Brand
