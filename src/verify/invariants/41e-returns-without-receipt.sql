-- 41e. Without a receipt a store takes back only what its journal tells it to have sold to the customer:
-- paid by other means than cash, or bought with a loyalty card.
SELECT e.TraceId, e.ReceiptId, e.StoreID, e.EventTS, r.TenderType, r.CustomerID
FROM returns e
JOIN receipts r USING (ReceiptId)
JOIN customers c ON c.ID = r.CustomerID
WHERE NOT e.WithReceipt AND r.TenderType = 'CASH' AND c.LoyaltyCard IS NULL
