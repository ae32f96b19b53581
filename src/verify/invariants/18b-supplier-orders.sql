-- 18b. Suppliers load goods against an order of the DC that the truck drives to, not more than
-- ordered, not before it was ordered.
-- nothing to check without goods loaded at suppliers: (FROM truck_inventory WHERE LocationType = 'SUPPLIER')
SELECT i.OrderRef, i.ProductID, sum(i.Quantity) AS Loaded, any_value(r.ReorderQuantity) AS Ordered,
  min(i.EventTS) AS FirstLoaded, any_value(r.EventTS) AS OrderedTS
FROM truck_inventory i
JOIN trips t USING (ShipmentId)
LEFT JOIN reorders r
  ON r.OrderRef = i.OrderRef AND r.ProductID = i.ProductID AND r.StoreID IS NULL AND r.DCID = t.DCID
WHERE i.Action = 'LOAD' AND t.StoreID IS NULL
GROUP BY i.OrderRef, i.ProductID
HAVING count(r.OrderRef) < count(*) OR sum(i.Quantity) > any_value(r.ReorderQuantity)
  OR min(i.EventTS) < any_value(r.EventTS)
