-- 06a. A receipt's Subtotal is the sum of its lines' ExtPrice, and Total is Subtotal plus Tax.
SELECT r.ReceiptId, r.Subtotal, l.ExtPrice AS SumOfLines, r.Tax, r.Total
FROM receipts r
LEFT JOIN (SELECT ReceiptId, sum(ExtPrice) AS ExtPrice FROM receipt_lines GROUP BY ReceiptId) l USING (ReceiptId)
WHERE r.Subtotal <> l.ExtPrice OR r.Total <> r.Subtotal + r.Tax
