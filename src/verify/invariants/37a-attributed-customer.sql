-- 37a. An attributed visit is by the customer who saw the impression, in the store that the
-- attribution names.
-- nothing to check without attributed visits: attributions
SELECT a.ImpressionId, a.SessionId, a.CustomerID, c.ID AS SeenBy, v.CustomerID AS VisitCustomerID,
  a.StoreID, v.StoreID AS VisitStoreID
FROM attributions a
JOIN marketing m USING (ImpressionId)
LEFT JOIN customers c ON c.AdId = m.CustomerAdId
JOIN visits v ON v.SessionId = a.SessionId
WHERE a.CustomerID IS DISTINCT FROM c.ID OR a.CustomerID IS DISTINCT FROM v.CustomerID
  OR a.StoreID <> v.StoreID
