-- 07b. Tax of a receipt or an online order is the sum of its lines' tax.
SELECT r.ReceiptId, NULL AS OrderId, r.Tax, l.Tax AS SumOfLines
FROM receipts r
JOIN (SELECT ReceiptId, sum(Tax) AS Tax FROM receipt_lines GROUP BY ReceiptId) l USING (ReceiptId)
WHERE r.Tax <> l.Tax
UNION ALL
SELECT NULL, o.OrderId, o.Tax, l.Tax
FROM online_orders o
JOIN (SELECT OrderId, sum(Tax) AS Tax FROM online_order_lines GROUP BY OrderId) l USING (OrderId)
WHERE o.Tax <> l.Tax
