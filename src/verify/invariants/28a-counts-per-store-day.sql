-- 28a. Per store and day: people counted at the entrance >= customers heard by beacons >=
-- customers with a receipt.
WITH entries AS (
  SELECT v.SessionId, v.CustomerID, v.Party, d.StoreID, d.OpenedTS
  FROM visits v
  ASOF JOIN store_days d ON d.StoreID = v.StoreID AND v.EnterTS >= d.OpenedTS
)
SELECT e.StoreID, e.OpenedTS,
  sum(e.Party) AS Entered,
  count(DISTINCT e.CustomerID) FILTER (p.SessionId IS NOT NULL) AS BleCustomers,
  count(DISTINCT r.CustomerID) AS ReceiptCustomers
FROM entries e
LEFT JOIN (SELECT DISTINCT SessionId FROM session_pings) p USING (SessionId)
LEFT JOIN (SELECT SessionId, any_value(CustomerID) AS CustomerID FROM receipts GROUP BY SessionId) r USING (SessionId)
GROUP BY e.StoreID, e.OpenedTS
HAVING Entered < BleCustomers OR BleCustomers < ReceiptCustomers
