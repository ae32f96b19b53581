-- 10b. A line's promotion runs at the time of the sale, in the product's department.
-- nothing to check without promotions on lines: promotions
SELECT l.ReceiptId, l.OrderId, l.Line, l.EventTS, l.PromoCode, c.StartTS, c.EndTS, c.Department,
  p.Department AS ProductDepartment
FROM sale_lines l
JOIN promotion_calendar c USING (PromoCode)
JOIN products_master p ON p.ID = l.ProductID
WHERE l.EventTS < c.StartTS OR l.EventTS >= c.EndTS OR c.Department <> p.Department::VARCHAR
