-- 28b. Customers with a receipt are among those that the beacons heard on the same visit.
SELECT r.ReceiptId, r.SessionId, r.StoreID, r.EventTS
FROM receipts r
WHERE r.SessionId NOT IN (SELECT SessionId FROM session_pings)
