-- 34a. Receipts only between store_opened and store_closed of their store.
SELECT r.ReceiptId, r.StoreID, r.EventTS, d.OpenedTS, d.ClosedTS
FROM receipts r
ASOF LEFT JOIN store_days d ON d.StoreID = r.StoreID AND r.EventTS >= d.OpenedTS
WHERE d.StoreID IS NULL OR r.EventTS > d.ClosedTS
