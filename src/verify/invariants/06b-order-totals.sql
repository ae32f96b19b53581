-- 06b. An online order's Subtotal is the sum of its lines' ExtPrice, and Total is Subtotal plus
-- Tax.
SELECT o.OrderId, o.Subtotal, l.ExtPrice AS SumOfLines, o.Tax, o.Total
FROM online_orders o
LEFT JOIN (SELECT OrderId, sum(ExtPrice) AS ExtPrice FROM online_order_lines GROUP BY OrderId) l USING (OrderId)
WHERE o.Subtotal <> l.ExtPrice OR o.Total <> o.Subtotal + o.Tax
