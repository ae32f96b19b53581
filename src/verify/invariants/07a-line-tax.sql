-- 07a. Tax of a line is ExtPrice times the rate of the place of sale, rounded half up, for taxable
-- products, 0 for others.
SELECT l.ReceiptId, l.OrderId, l.Line, l.ProductID, l.ExtPrice, l.TaxRate, l.Tax
FROM sale_lines l
JOIN products_master p ON p.ID = l.ProductID
WHERE l.Tax <> CASE WHEN p.Taxable THEN round(l.ExtPrice * l.TaxRate, 2) ELSE 0 END
