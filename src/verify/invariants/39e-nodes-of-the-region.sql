-- 39e. An order of a region is fulfilled by its DC or by the home store that the customer has then, and its
-- customer lives in that region.
WITH homes AS (
  SELECT ID AS CustomerID, TIMESTAMP '-infinity' AS FromTS, HomeStoreID FROM customers
  UNION ALL
  SELECT CustomerID, MovedOn::TIMESTAMP, HomeStoreID FROM customer_moves
)
SELECT o.OrderId, o.EventTS, o.CustomerID, o.FulfillmentNodeType, o.FulfillmentNodeID, h.HomeStoreID, s.DCID
FROM online_orders o
ASOF JOIN homes h ON h.CustomerID = o.CustomerID AND o.EventTS >= h.FromTS
JOIN stores s ON s.ID = h.HomeStoreID
WHERE s.DCID <> id_entity(o.OrderId)
  OR o.FulfillmentNodeID <> CASE o.FulfillmentNodeType WHEN 'DC' THEN s.DCID ELSE h.HomeStoreID END
