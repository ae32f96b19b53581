-- Lines of online orders.
SELECT l.OrderId, o.CustomerID, o.LocalTS, o.Day, l.ProductID, p.Department, l.ExtPrice::DOUBLE AS Value
FROM online_order_lines l
JOIN orders o USING (OrderId)
JOIN products p USING (ProductID)
