-- 05a. ExtPrice is UnitPrice times Qty, and Qty is positive.
SELECT ReceiptId, OrderId, Line, Qty, UnitPrice, ExtPrice
FROM sale_lines
WHERE Qty <= 0 OR ExtPrice <> UnitPrice * Qty
