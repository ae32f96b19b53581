-- Lines of receipts and of online orders together, with the tax rate of the place of sale: the
-- store's for receipts and pickups, the customer's home of that day for what is shipped.
SELECT l.TraceId, l.EventTS, l.ReceiptId, NULL AS OrderId, l.Line, l.ProductID, l.Qty, l.UnitPrice,
  l.ExtPrice, l.PromoCode, l.Tax, s.TaxRate
FROM receipt_lines l
LEFT JOIN stores s ON s.ID = l.StoreID
UNION ALL
SELECT l.TraceId, l.EventTS, NULL, l.OrderId, l.Line, l.ProductID, l.Qty, l.UnitPrice,
  l.ExtPrice, l.PromoCode, l.Tax,
  CASE WHEN o.FulfillmentMode = 'BOPIS' THEN s.TaxRate ELSE g.TaxRate END
FROM online_order_lines l
LEFT JOIN online_orders o USING (OrderId)
LEFT JOIN stores s ON s.ID = o.FulfillmentNodeID
LEFT JOIN customers c ON c.ID = o.CustomerID
ASOF LEFT JOIN customer_moves m ON m.CustomerID = o.CustomerID AND l.EventTS >= m.MovedOn
LEFT JOIN geographies_master g ON g.ID = coalesce(m.GeographyID, c.GeographyID)
