-- What rows of tables and columns that belong together tell alike: the share for which they do. A copy whose columns were shuffled or
-- made up one by one keeps each column's distribution and loses these.
WITH sums AS (
  SELECT ReceiptId, sum(ExtPrice) AS Subtotal, sum(Tax) AS Tax FROM receipt_lines GROUP BY ReceiptId
),
paid AS (
  SELECT ReceiptId, any_value(Amount) AS Amount, any_value(PaymentMethod::VARCHAR) AS Tender, any_value(TraceId) AS TraceId
  FROM payments
  WHERE Status = 'APPROVED' AND ReceiptId IS NOT NULL
  GROUP BY ReceiptId
),
visit AS (
  SELECT SessionId, any_value(StoreID) AS StoreID, min(EventTS) AS FirstTS, max(EventTS) AS LastTS,
    count(*) FILTER (Zone = 'EXIT') AS Exits
  FROM foot_traffic
  GROUP BY SessionId
),
phones AS (SELECT SessionId, min(CustomerBLEId) AS BLEId FROM ble_pings GROUP BY SessionId),
sold AS (
  SELECT l.StoreID, l.ProductID, l.TraceId, sum(l.Qty) AS Units FROM receipt_lines l GROUP BY ALL
),
moved AS (
  SELECT StoreID, ProductID, TraceId, -sum(QtyDelta) AS Units
  FROM store_inventory_txn
  WHERE Reason = 'SALE' AND Source = 'POS'
  GROUP BY ALL
),
order_sums AS (SELECT OrderId, sum(ExtPrice) AS Subtotal, sum(Tax) AS Tax FROM online_order_lines GROUP BY OrderId),
told AS (
  SELECT 'joint.receipt-lines' AS Statistic, r.Subtotal = s.Subtotal AND r.Tax = s.Tax AS Alike
  FROM receipts r LEFT JOIN sums s USING (ReceiptId)
  UNION ALL
  SELECT 'joint.receipt-payment', r.Total = p.Amount AND r.TenderType::VARCHAR = p.Tender AND r.TraceId = p.TraceId
  FROM receipts r LEFT JOIN paid p USING (ReceiptId)
  UNION ALL
  SELECT 'joint.line-price', ExtPrice = UnitPrice * Qty FROM receipt_lines
  UNION ALL
  SELECT 'joint.line-promotion',
    l.EventTS >= c.StartTS AND l.EventTS < c.EndTS AND coalesce(c.Department, p.Department) = p.Department
      AND abs(o.DiscountAmount / (l.ExtPrice + o.DiscountAmount) * 100 - c.PercentOff) < 2 + 100 * 0.02 / l.UnitPrice
  FROM receipt_lines l
  JOIN products p USING (ProductID)
  LEFT JOIN promotions o ON o.TraceId = l.TraceId AND o.ProductID = l.ProductID
  LEFT JOIN promotion_calendar c ON c.PromoCode = l.PromoCode
  WHERE l.PromoCode IS NOT NULL
  UNION ALL
  SELECT 'joint.line-price-level', l.UnitPrice / p.SalePrice BETWEEN 0.6 AND 1.6
  FROM receipt_lines l
  JOIN products p USING (ProductID)
  WHERE l.PromoCode IS NULL
  UNION ALL
  SELECT 'joint.receipt-visit',
    v.StoreID = r.StoreID AND r.EventTS >= v.FirstTS AND (v.Exits = 0 OR r.EventTS <= v.LastTS)
  FROM receipts r LEFT JOIN visit v USING (SessionId)
  UNION ALL
  SELECT 'joint.receipt-customer', c.BLEId = p.BLEId
  FROM receipts r JOIN phones p USING (SessionId) JOIN customers c ON c.ID = r.CustomerID
  UNION ALL
  SELECT 'joint.line-stock', coalesce(m.Units, 0) = s.Units
  FROM sold s LEFT JOIN moved m USING (StoreID, ProductID, TraceId)
  UNION ALL
  SELECT 'joint.order-lines', o.Subtotal = s.Subtotal AND o.Tax = s.Tax
  FROM online_orders o LEFT JOIN order_sums s USING (OrderId)
  UNION ALL
  SELECT 'joint.impression-campaign',
    m.Channel = c.Channel AND m.EventTS >= c.StartTS AND m.EventTS < c.EndTS AND m.Cost = c.CostPerImpression
  FROM marketing m LEFT JOIN campaigns c USING (CampaignId)
  UNION ALL
  SELECT 'joint.return-line', l.ProductID = t.ProductID AND l.UnitPrice * t.Qty = t.Refund
  FROM returns t LEFT JOIN receipt_lines l ON l.ReceiptId = t.ReceiptId AND l.Line = t.Line
  WHERE t.ReceiptId IS NOT NULL
)
SELECT Statistic, '' AS Item, avg(coalesce(Alike, false)::INTEGER) AS Value FROM told GROUP BY Statistic
