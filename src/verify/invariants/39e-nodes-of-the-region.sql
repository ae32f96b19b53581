-- 39e. An order of a region is fulfilled by its DC or by the customer's home store, and its customer
-- lives in that region.
SELECT o.OrderId, o.CustomerID, o.FulfillmentNodeType, o.FulfillmentNodeID, c.HomeStoreID, s.DCID
FROM online_orders o
JOIN customers c ON c.ID = o.CustomerID
JOIN stores s ON s.ID = c.HomeStoreID
WHERE s.DCID <> id_entity(o.OrderId)
  OR o.FulfillmentNodeID <> CASE o.FulfillmentNodeType WHEN 'DC' THEN s.DCID ELSE c.HomeStoreID END
