-- 19. Every load for a store cites the store's reorder; not more is loaded than ordered; the
-- reorder is not later than LOADING.
-- nothing to check without goods loaded for stores: (FROM truck_inventory WHERE Action = 'LOAD' AND LocationType = 'DC')
SELECT i.OrderRef, i.ProductID, sum(i.Quantity) AS Loaded, any_value(r.ReorderQuantity) AS Ordered,
  min(t.LoadingTS) AS FirstLoading, any_value(r.EventTS) AS OrderedTS
FROM truck_inventory i
JOIN trips t USING (ShipmentId)
LEFT JOIN reorders r
  ON r.OrderRef = i.OrderRef AND r.ProductID = i.ProductID AND r.StoreID = t.StoreID AND r.DCID = t.DCID
WHERE i.Action = 'LOAD' AND t.StoreID IS NOT NULL
GROUP BY i.OrderRef, i.ProductID
HAVING count(r.OrderRef) < count(*) OR sum(i.Quantity) > any_value(r.ReorderQuantity)
  OR min(t.LoadingTS) < any_value(r.EventTS)
