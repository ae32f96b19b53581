-- 11. No sale before the product's LaunchDate.
SELECT l.ReceiptId, l.OrderId, l.Line, l.EventTS, l.ProductID, p.LaunchDate
FROM sale_lines l
JOIN products_master p ON p.ID = l.ProductID
WHERE l.EventTS < p.LaunchDate
