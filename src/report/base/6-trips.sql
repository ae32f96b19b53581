-- Trips for groceries: receipts with at least one grocery-like line.
SELECT b.ReceiptId, b.CustomerID, r.StoreID, b.LocalTS, b.Day, b.Lines, b.Value, b.Categories
FROM baskets b
JOIN receipt_times r USING (ReceiptId)
WHERE b.Lines > 0
