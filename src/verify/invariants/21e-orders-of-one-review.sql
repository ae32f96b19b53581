-- 21e. The lines of an order are of one review: one node and moment, a store's to its own DC, a DC's to
-- one supplier; in whole case packs, up to a level of at least one case above the reorder point, and as
-- urgent as the stock is low.
SELECT r.OrderRef, r.EventTS, r.StoreID, r.DCID, s.DCID AS OwnDCID, r.ProductID, r.ReorderQuantity,
  p.CasePack, r.ReorderPoint, r.OrderUpToLevel, r.CurrentQuantity, r.Priority
FROM reorders r
JOIN products_master p ON p.ID = r.ProductID
LEFT JOIN stores s ON s.ID = r.StoreID
CROSS JOIN run_window w
WHERE r.DCID <> s.DCID
  -- What is on order when the world opens may be the rest of an order, and so less.
  OR r.EventTS > w.StartTS
    AND (r.ReorderQuantity % p.CasePack <> 0 OR r.OrderUpToLevel < r.ReorderPoint + p.CasePack)
  OR r.Priority <> CASE
    WHEN r.CurrentQuantity <= 0 THEN 'URGENT'
    WHEN r.CurrentQuantity * 2 < r.ReorderPoint THEN 'HIGH'
    ELSE 'NORMAL'
  END
UNION ALL
SELECT r.OrderRef, min(r.EventTS), min(r.StoreID), min(r.DCID), max(r.DCID), min(r.ProductID), count(*),
  NULL, NULL, NULL, NULL, NULL
FROM reorders r
JOIN products_master p ON p.ID = r.ProductID
GROUP BY r.OrderRef
HAVING min(r.EventTS) <> max(r.EventTS)
  OR min(r.DCID) <> max(r.DCID)
  OR count(DISTINCT r.StoreID) > 1
  OR count(r.StoreID) NOT IN (0, count(*))
  OR count(r.StoreID) = 0 AND min(p.SupplierID) <> max(p.SupplierID)
  OR id_kind(r.OrderRef) <> CASE count(r.StoreID) WHEN 0 THEN 'P' ELSE 'Q' END
