-- 29a. A receipt belongs to a session of the same store and customer, at a time within it.
SELECT r.ReceiptId, r.SessionId, r.EventTS, r.StoreID, r.CustomerID,
  v.StoreID AS VisitStoreID, v.CustomerID AS VisitCustomerID, v.EnterTS, v.ExitTS
FROM receipts r
JOIN visits v USING (SessionId)
WHERE r.StoreID <> v.StoreID
  OR r.CustomerID IS DISTINCT FROM v.CustomerID
  OR r.EventTS < v.EnterTS
  OR r.EventTS > v.LeaveTS
