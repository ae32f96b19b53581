-- 03a. No receipt without lines and no line without its receipt; the same for online orders.
SELECT 'receipt without lines' AS Problem, ReceiptId, NULL AS OrderId
FROM receipts WHERE ReceiptId NOT IN (SELECT ReceiptId FROM receipt_lines)
UNION ALL
SELECT 'line without receipt', ReceiptId, NULL
FROM receipt_lines WHERE ReceiptId NOT IN (SELECT ReceiptId FROM receipts)
UNION ALL
SELECT 'order without lines', NULL, OrderId
FROM online_orders WHERE OrderId NOT IN (SELECT OrderId FROM online_order_lines)
UNION ALL
SELECT 'line without order', NULL, OrderId
FROM online_order_lines WHERE OrderId NOT IN (SELECT OrderId FROM online_orders)
