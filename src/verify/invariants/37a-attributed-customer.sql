-- 37a. An attributed visit or order is by the customer who saw the impression, the visit in the store that
-- the attribution names; it names a visit or an order, never both.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.OrderId, a.CustomerID, c.ID AS SeenBy,
  coalesce(v.CustomerID, o.CustomerID) AS CameBy, a.StoreID, v.StoreID AS VisitStoreID
FROM attributions a
JOIN marketing m USING (ImpressionId)
LEFT JOIN customers c ON c.AdId = m.CustomerAdId
LEFT JOIN visits v ON v.SessionId = a.SessionId
LEFT JOIN online_orders o ON o.OrderId = a.OrderId
WHERE a.CustomerID IS DISTINCT FROM c.ID
  OR a.CustomerID IS DISTINCT FROM coalesce(v.CustomerID, o.CustomerID)
  OR (a.SessionId IS NULL) = (a.OrderId IS NULL)
  OR a.StoreID IS DISTINCT FROM v.StoreID
